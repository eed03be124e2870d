/** Accounts and local groups: made, removed, changed, unlocked, listed. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { accountFields, hex64, type Subject, security, sid, subjectFields } from './common.ts';

const unset = '%%1793';

/** 4720: an account was made. On a member server its domain is the host. */
export function accountCreated(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  account: Account,
): EvtxEvent {
  return security(
    host,
    time,
    [4720, 0, 13824],
    [
      ...accountFields(account),
      ...subjectFields(subject),
      ['PrivilegeList', '-'],
      ['SamAccountName', account.name],
      ['DisplayName', unset],
      ['UserPrincipalName', '-'],
      ['HomeDirectory', unset],
      ['HomePath', unset],
      ['ScriptPath', unset],
      ['ProfilePath', unset],
      ['UserWorkstations', unset],
      ['PasswordLastSet', '%%1794'],
      ['AccountExpires', '%%1794'],
      ['PrimaryGroupId', '513'],
      ['AllowedToDelegateTo', '-'],
      ['OldUacValue', '0x0'],
      ['NewUacValue', '0x15'],
      ['UserAccountControl', '\r\n\t\t%%2080\r\n\t\t%%2082\r\n\t\t%%2084'],
      ['UserParameters', unset],
      ['SidHistory', '-'],
      ['LogonHours', '%%1797'],
    ],
    { processId: lsass },
  );
}

/** 4722: an account was enabled. */
export function accountEnabled(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  account: Account,
): EvtxEvent {
  return security(host, time, [4722, 0, 13824], [...accountFields(account), ...subjectFields(subject)], {
    processId: lsass,
  });
}

/** 4726: an account was deleted. */
export function accountDeleted(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  account: Account,
): EvtxEvent {
  return security(
    host,
    time,
    [4726, 0, 13824],
    [...accountFields(account), ...subjectFields(subject), ['PrivilegeList', '-']],
    { processId: lsass },
  );
}

/** 4732, and 4733 where `removed`: a member of the local administrators. */
export function administratorsChanged(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  member: Account,
  removed = false,
): EvtxEvent {
  return security(
    host,
    time,
    [removed ? 4733 : 4732, 0, 13826],
    [
      ['MemberName', '-'],
      ['MemberSid', sid(member.sid)],
      ['TargetUserName', 'Administrators'],
      ['TargetDomainName', 'Builtin'],
      ['TargetSid', sid('S-1-5-32-544')],
      ...subjectFields(subject),
      ['PrivilegeList', '-'],
    ],
    { processId: lsass },
  );
}

/** 4799: the members of a local group were listed. */
export function groupListed(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  group: { readonly name: string; readonly sid: string },
  pid: number,
  image: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4799, 0, 13826],
    [
      ['TargetUserName', group.name],
      ['TargetDomainName', 'Builtin'],
      ['TargetSid', sid(group.sid)],
      ...subjectFields(subject),
      ['CallerProcessId', hex64(pid)],
      ['CallerProcessName', image],
    ],
    { processId: lsass },
  );
}

/** 4723: the user changed the password; 4724: somebody else set it. */
export function passwordChanged(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  account: Account,
): EvtxEvent {
  const own = subject.account === account;
  return security(
    host,
    time,
    [own ? 4723 : 4724, 0, 13824],
    [
      ...accountFields(account),
      ...subjectFields(subject),
      ...(own ? ([['PrivilegeList', '-']] as const) : []),
    ],
    { processId: lsass },
  );
}

/** 4767: an account was unlocked. */
export function accountUnlocked(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  account: Account,
): EvtxEvent {
  return security(host, time, [4767, 0, 13824], [...accountFields(account), ...subjectFields(subject)], {
    processId: lsass,
  });
}
