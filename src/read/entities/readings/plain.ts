/**
 * What each reading means, on the text of fields: the obvious form, that the fast one must agree with. It also reads what
 * the fast one leaves to it (constants, arrays, values that are text where a number is usual).
 */
import { fieldText, fieldTexts, type LazyEvent, type Shape, type ShapeField } from '../../events/index.ts';
import { parseId, plainGuid } from './ids.ts';
import { type AccountFields, MOST_TEXT, type PlainReading, type Reading } from './reading.ts';
import { serviceLogons } from './services.ts';

/** The field that `name` means in a fact: what a program that passed the event on says of itself is not meant. */
export function factField(shape: Shape, name: string): ShapeField | undefined {
  const field = shape.byName.get(name);
  return field?.section === 'Shipper' ? undefined : field;
}

/** The value of a role; undefined where the event has none. */
export function readPlainly(event: LazyEvent, reading: Reading): string | number | undefined {
  if (reading.kind !== 'effective') return readOne(event, reading);
  const target = firstOf(event, ['TargetLogonId'], logonIdOf);
  const id = target ?? firstOf(event, ['SubjectLogonId'], logonIdOf) ?? 0;
  const service = reading.service === null ? undefined : serviceLogons.get(id);
  if (service !== undefined) return service[reading.service!];
  return readOne(event, target === undefined ? reading.subject : reading.target);
}

function readOne(event: LazyEvent, reading: PlainReading): string | number | undefined {
  switch (reading.kind) {
    case 'text':
      return cut(firstOf(event, reading.names, said), MOST_TEXT);
    case 'sid':
      return cut(firstOf(event, reading.names, sidOf), MOST_TEXT);
    case 'address':
      return cut(firstOf(event, reading.names, addressOf), MOST_TEXT);
    case 'account':
      return accountOf(event, reading.pairs);
    case 'guid':
      return firstOf(event, reading.names, plainGuid);
    case 'constant':
      return reading.text;
    case 'derived':
      return cut(said(reading.derive(textsOf(event, reading.from))), reading.most);
    case 'logon-id':
      return firstOf(event, reading.names, logonIdOf);
    case 'pid':
      return firstOf(event, reading.names, pidOf);
    case 'code':
      return firstOf(event, reading.names, codeOf);
    case 'derived-pid':
      return withinPid(reading.derive(textsOf(event, reading.from)));
  }
}

/** What `read` makes of the first of these fields of which it makes anything. */
function firstOf<T>(
  event: LazyEvent,
  names: readonly string[],
  read: (text: string) => T | undefined,
): T | undefined {
  for (const name of names) {
    const field = factField(event.shape, name);
    const text = field === undefined ? undefined : fieldText(event, field);
    const value = text === undefined ? undefined : read(text);
    if (value !== undefined) return value;
  }
  return undefined;
}

function textsOf(event: LazyEvent, names: readonly string[]): (readonly string[])[] {
  return names.map(name => {
    const field = factField(event.shape, name);
    return field === undefined ? [] : fieldTexts(event, field);
  });
}

/** The text without NULs at its end; undefined where it says nothing. */
function said(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const bare = unpadded(text);
  return bare === '' || bare === '-' || bare === 'N/A' ? undefined : bare;
}

function unpadded(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}

const NOBODY = 'S-1-0-0';

function sidOf(text: string): string | undefined {
  const sid = said(text);
  return sid === NOBODY ? undefined : sid;
}

const IN_IPV6 = /^::ffff:(?=[0-9.]*\.)/i;

function addressOf(text: string): string | undefined {
  const address = said(text)?.replace(IN_IPV6, '');
  return address === 'LOCAL' ? undefined : address;
}

function accountOf(event: LazyEvent, pairs: readonly AccountFields[]): string | undefined {
  for (const [domain, user] of pairs) {
    const name = cut(firstOf(event, [user], said), MOST_TEXT);
    if (name === undefined) continue;
    if (domain === null || /[\\@]/.test(name)) return name;
    const within = cut(firstOf(event, [domain], said), MOST_TEXT);
    return within === undefined ? name : `${within}\\${name}`;
  }
  return undefined;
}

function logonIdOf(text: string): number | undefined {
  const id = parseId(text);
  return id === 0 ? undefined : id;
}

/** 32 bits, all of them set being no process and no code. */
const ABOVE_CODES = 0xffff_ffff;

function codeOf(text: string): number | undefined {
  const code = parseId(text);
  return code === undefined || code >= ABOVE_CODES ? undefined : code;
}

function pidOf(text: string): number | undefined {
  return withinPid(codeOf(text));
}

function withinPid(pid: number | undefined): number | undefined {
  return pid === undefined || !(pid > 0 && pid < ABOVE_CODES) ? undefined : pid;
}

/** At most `most` characters, never half a pair. */
function cut(text: string | undefined, most: number): string | undefined {
  if (text === undefined || text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return unpadded(text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most));
}
