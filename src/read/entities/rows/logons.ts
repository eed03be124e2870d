/** Logons: who came, from where, as what, and when the session ended. */
import { account, address, code, derived, logonId, pid, sid, text } from '../readings/index.ts';
import { refusal } from './refusals.ts';
import { type FactRow, SECURITY } from './row.ts';

const subject = account('SubjectDomainName', 'SubjectUserName');
const target = account('TargetDomainName', 'TargetUserName');

/** What 4624 and 4625 share. */
const attempt: FactRow['roles'] = {
  account: target,
  sid: sid('TargetUserSid'),
  byAccount: subject,
  byLogonId: logonId('SubjectLogonId'),
  logonType: code('LogonType'),
  sourceIp: address('IpAddress'),
  sourceHost: text('WorkstationName'),
  pid: pid('ProcessId'),
  image: text('ProcessName'),
};

export const logons: readonly FactRow[] = [
  {
    channel: SECURITY,
    eventIds: [4624],
    type: 'logon',
    roles: { ...attempt, logonId: logonId('TargetLogonId') },
  },
  { channel: SECURITY, eventIds: [4625], type: 'logon-failed', roles: attempt },
  {
    channel: SECURITY,
    eventIds: [4771],
    type: 'logon-failed',
    roles: {
      account: text('TargetUserName'),
      sid: sid('TargetSid'),
      sourceIp: address('IpAddress'),
      target: text('ServiceName'),
    },
  },
  {
    channel: SECURITY,
    eventIds: [4634, 4647],
    type: 'logoff',
    roles: {
      account: target,
      sid: sid('TargetUserSid'),
      logonId: logonId('TargetLogonId'),
      logonType: code('LogonType'),
    },
  },
  {
    channel: SECURITY,
    eventIds: [4672],
    type: 'privileges',
    roles: { account: subject, sid: sid('SubjectUserSid'), logonId: logonId('SubjectLogonId') },
  },
  {
    channel: SECURITY,
    eventIds: [4648],
    type: 'explicit-credentials',
    roles: {
      account: target,
      byAccount: subject,
      byLogonId: logonId('SubjectLogonId'),
      sourceIp: address('IpAddress'),
      target: text('TargetServerName', 'TargetInfo'),
      text: text('TargetInfo'),
      pid: pid('ProcessId'),
      image: text('ProcessName'),
    },
  },
  {
    channel: SECURITY,
    eventIds: [4723, 4724],
    type: 'password-change',
    roles: {
      account: target,
      sid: sid('TargetSid'),
      byAccount: subject,
      byLogonId: logonId('SubjectLogonId'),
      action: derived(['Keywords'], refusal),
    },
  },
];
