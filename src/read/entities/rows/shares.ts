/** Shares that were opened, and files in them. */
import { account, address, derived, logonId, sid, text } from '../readings/index.ts';
import { accessTo } from './refusals.ts';
import { type FactRow, SECURITY } from './row.ts';

export const shares: readonly FactRow[] = [
  {
    channel: SECURITY,
    eventIds: [5140, 5145],
    type: 'share-access',
    roles: {
      account: account('SubjectDomainName', 'SubjectUserName'),
      sid: sid('SubjectUserSid'),
      logonId: logonId('SubjectLogonId'),
      sourceIp: address('IpAddress'),
      share: text('ShareName'),
      file: text('RelativeTargetName'),
      action: derived(['Keywords', 'AccessMask'], accessTo),
    },
  },
];
