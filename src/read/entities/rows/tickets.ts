/** Kerberos tickets and NTLM validations, as domain controllers log them. */
import { account, address, derived, sid, text } from '../readings/index.ts';
import { refusal } from './refusals.ts';
import { type FactRow, SECURITY } from './row.ts';

const action = derived(['Keywords', 'Status'], refusal);

export const tickets: readonly FactRow[] = [
  {
    channel: SECURITY,
    eventIds: [4768, 4769],
    type: 'ticket',
    roles: {
      account: account('TargetDomainName', 'TargetUserName'),
      sid: sid('TargetSid'),
      sourceIp: address('IpAddress'),
      target: text('ServiceName'),
      action,
    },
  },
  {
    channel: SECURITY,
    eventIds: [4776],
    type: 'ticket',
    roles: { account: text('TargetUserName'), sourceHost: text('Workstation'), action },
  },
];
