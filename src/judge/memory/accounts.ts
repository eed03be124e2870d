/**
 * The table of `--accounts`: what a directory export says of accounts, above all when a password was last set. Columns are
 * found by their names, those of `Get-ADUser` and `csvde` among them. A date that could be read two ways is no date: an
 * account that is taken to be safe by mistake is worse than one that is asked about.
 */
import { fileTimeMicros, parseTime } from '../../read/events/index.ts';
import { decodeText, parseCsv } from './csv.ts';
import type { AccountRow, AccountTable } from './types.ts';

export type ParsedAccounts = {
  /** Null where there is no header row that can be used. */
  readonly table: AccountTable | null;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
};

type Column = 'sid' | 'name' | 'domain' | 'passwordSet' | 'privileged' | 'role';

/** Names of columns, lower case, without blanks, dashes and underscores. */
const columns: Readonly<Record<string, Column>> = {
  sid: 'sid',
  objectsid: 'sid',
  securityidentifier: 'sid',
  account: 'name',
  accountname: 'name',
  samaccountname: 'name',
  name: 'name',
  user: 'name',
  username: 'name',
  userprincipalname: 'name',
  upn: 'name',
  domain: 'domain',
  pwdlastset: 'passwordSet',
  passwordlastset: 'passwordSet',
  passwordset: 'passwordSet',
  lastpasswordchange: 'passwordSet',
  privileged: 'privileged',
  admin: 'privileged',
  admincount: 'privileged',
  role: 'role',
};
/** Of several columns for a name the better one: `Name` of Get-ADUser is what people call somebody. */
const nameOrder = [
  'samaccountname',
  'account',
  'accountname',
  'username',
  'user',
  'userprincipalname',
  'upn',
  'name',
];

const MOST_ROWS = 1_000_000;
const MOST_PROBLEMS = 100;
const MOST_FIELD = 1_024;

/** Never throws. */
export function parseAccounts(bytes: Uint8Array): ParsedAccounts {
  const problems: { line: number; message: string }[] = [];
  const object = (line: number, message: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ line, message });
  };
  const [header, ...rows] = parseCsv(decodeText(bytes));
  const places = header === undefined ? null : placesOf(header.fields);
  if (header === undefined || places === null || (!places.has('sid') && !places.has('name'))) {
    object(header?.line ?? 1, "the first row must name the columns; one of them 'SID' or 'sAMAccountName'");
    return { table: null, problems };
  }
  if (!places.has('passwordSet')) {
    object(header.line, "no column 'pwdLastSet': without dates every exposed account stays exposed");
  }
  if (rows.length > MOST_ROWS)
    object(rows[MOST_ROWS]!.line, `more than ${MOST_ROWS} rows: the rest is left out`);
  const found = rows.slice(0, MOST_ROWS).flatMap(({ fields, line }) => {
    const text = (column: Column): string | null => {
      const place = places.get(column);
      const value = place === undefined ? '' : (fields[place] ?? '').trim();
      return value === '' ? null : value.slice(0, MOST_FIELD);
    };
    const row = rowOf(text, message => object(line, message));
    return row === null ? [] : [row];
  });
  return { table: { rows: found }, problems };
}

/** Index of each known column. */
function placesOf(header: readonly string[]): Map<Column, number> {
  const places = new Map<Column, number>();
  let best = nameOrder.length;
  for (const [index, written] of header.entries()) {
    const name = written.toLowerCase().replace(/[\s_-]/g, '');
    const column = columns[name];
    if (column === undefined) continue;
    if (column !== 'name') {
      if (!places.has(column)) places.set(column, index);
    } else if (nameOrder.indexOf(name) < best) {
      best = nameOrder.indexOf(name);
      places.set('name', index);
    }
  }
  return places;
}

function rowOf(
  text: (column: Column) => string | null,
  object: (message: string) => void,
): AccountRow | null {
  const sid = text('sid');
  const isSid = sid === null || /^s-1-\d+(?:-\d+){1,15}$/i.test(sid);
  if (!isSid) object(`'${shown(sid)}' is no SID: it is left out`);
  const user = text('name');
  const domain = text('domain');
  const name = user !== null && domain !== null && !/[\\@]/.test(user) ? `${domain}\\${user}` : user;
  if (name === null && (sid === null || !isSid)) {
    object('neither a SID nor a name: the row is left out');
    return null;
  }
  const written = text('passwordSet');
  const passwordSet = written === null ? null : dateOf(written);
  if (passwordSet === undefined) {
    object(
      `'${shown(written!)}' is no date that can be read one way only (2026-03-04T10:00:00Z): the account stays exposed`,
    );
  }
  return {
    sid: isSid ? sid : null,
    name,
    passwordSet: passwordSet ?? null,
    privileged: isYes(text('privileged')),
    role: text('role'),
  };
}

/** ISO 8601, FILETIME, or generalised time of the directory; null for `never`, undefined where it is none of these. */
function dateOf(written: string): number | null | undefined {
  if (/^(?:0|never|-|9223372036854775807)$/i.test(written)) return null;
  if (/^\d{17,19}$/.test(written)) {
    const time = BigInt(written);
    return fileTimeMicros(Number(time & 0xffffffffn), Number(time >> 32n));
  }
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d{1,9})?Z$/.exec(written);
  if (parts !== null) {
    const [, year, month, day, hour, minute, second] = parts;
    return parseTime(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  }
  return parseTime(written);
}

function isYes(written: string | null): boolean {
  return written !== null && /^(?:1|true|yes|y|x|ja|oui|wahr)$/i.test(written);
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
