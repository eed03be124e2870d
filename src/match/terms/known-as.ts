/**
 * Other names of an account that was asked for, learned from the records that hold it: where one says a SID and a name
 * together, whoever asked for one means the other too. Only accounts of domains and machines are learned: the system's own
 * SIDs are everybody's.
 */
import type { AccountName } from '../../know/terms/index.ts';
import type { FoldedValues } from './sighting.ts';

/** Names learned for one term: a name that more machines have says nothing of one account, and none is learned. */
export const MOST_NAMES = 100;

const ownSid = /^s-1-(?:5-21|12-1)-[\d-]{1,60}$/;

/** Begins of field names by which events say who: `SubjectUserName`, `SubjectDomainName`, `SubjectUserSid`. */
const whose = ['Subject', 'Target', 'Account', 'Member', 'Caller', 'Client', ''] as const;

/** Name and SID of everybody of whom the event says both. */
export function* namedTogether(
  values: FoldedValues,
): Generator<readonly [name: AccountName, sid: AccountName]> {
  for (const who of whose) {
    const sid = values.text(`${who}UserSid`) ?? values.text(`${who}Sid`);
    if (sid === null || !ownSid.test(sid)) continue;
    const user = values.text(`${who}UserName`);
    const domain = values.text(`${who}DomainName`);
    if (user === null || user === '' || user === '-' || domain === null || domain === '' || domain === '-')
      continue;
    // Kerberos says `jo@CORP.EXAMPLE` and the realm beside it.
    const at = user.indexOf('@');
    yield [
      { kind: 'name', user: at > 0 ? user.slice(0, at) : user, domain },
      { kind: 'sid', sid },
    ];
  }
}
