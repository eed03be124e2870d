/** Where a term stands in an event: every value of every field is asked, decoded, because the bytes only said that it may. */
import type { LogonTerm, Sought, Term } from '../../know/terms/index.ts';
import { fieldText, fieldTexts, fold, type LazyEvent, type ShapeField } from '../../read/events/index.ts';
import type { Sighting } from '../types.ts';
import { accountTest, type Held } from './accounts.ts';
import { addressTest } from './addresses.ts';
import { isAlnum, somePlace } from './boundaries.ts';
import { pathTest } from './paths.ts';

/** One event's values, decoded and folded at most once for all terms. */
export class FoldedValues {
  readonly event: LazyEvent;
  #values: (readonly [field: ShapeField, texts: readonly string[]])[] | null = null;

  constructor(event: LazyEvent) {
    this.event = event;
  }

  get all(): readonly (readonly [field: ShapeField, texts: readonly string[]])[] {
    this.#values ??= this.event.shape.fields.map(field => [field, fieldTexts(this.event, field).map(fold)]);
    return this.#values;
  }

  text(name: string): string | null {
    const field = this.event.shape.byName.get(name);
    const text = field === undefined ? undefined : fieldText(this.event, field);
    return text === undefined ? null : fold(text);
  }
}

/** Asks the events of one thread for one term. */
export type TermTest = (values: FoldedValues) => Sighting | null;

export function termTest(term: Sought): TermTest {
  if (term.kind === 'logon') return logonTest(term);
  const held = heldBy(term);
  return values => {
    const fields: string[] = [];
    let isNameOnly = true;
    for (const [field, texts] of values.all) {
      let best: Held = 'no';
      for (const text of texts) {
        const each = held(text, field.name, values);
        if (each === 'no') continue;
        best = each;
        if (each === 'yes') break;
      }
      if (best === 'no') continue;
      if (best === 'yes') isNameOnly = false;
      if (!fields.includes(field.name)) fields.push(field.name);
    }
    return fields.length === 0 ? null : { fields, isNameOnly };
  };
}

function heldBy(term: Term): (text: string, field: string, values: FoldedValues) => Held {
  switch (term.kind) {
    case 'account': {
      const test = accountTest(term);
      return (text, field, values) => test(text, () => domainBeside(field, values));
    }
    case 'address':
      return plainly(addressTest(term));
    case 'hash':
      return plainly(text => hasHash(text, term.text));
    case 'path': {
      const test = pathTest(term);
      return (text, field, values) => (test(text) || test(onShare(text, field, values)) ? 'yes' : 'no');
    }
  }
}

function plainly(test: (text: string) => boolean): (text: string) => Held {
  return text => (test(text) ? 'yes' : 'no');
}

function hasHash(text: string, hash: string): boolean {
  return somePlace(text, hash, (at, end) => {
    const isBegun =
      at > 0 &&
      isAlnum(text.charCodeAt(at - 1)) &&
      !/(?:^|[^0-9a-z])0x$/.test(text.slice(Math.max(0, at - 3), at));
    return !isBegun && !(end < text.length && isAlnum(text.charCodeAt(end)));
  });
}

/** The field that says the domain of the name in `field`; null where the event has none. */
function domainBeside(field: string, values: FoldedValues): string | null {
  const name = /^(.*)(?:UserName|AccountName|User|Account)$/.exec(field)?.[1];
  if (name === undefined) return null;
  for (const partner of [`${name}DomainName`, `${name}AccountDomain`, `${name}Domain`, `${name}UserDomain`]) {
    const said = values.text(partner);
    if (said !== null) return said;
  }
  return null;
}

/** Security 5145 says share and path apart. */
function onShare(text: string, field: string, values: FoldedValues): string {
  if (field !== 'RelativeTargetName') return '';
  return `${values.text('ShareName') ?? ''}\\${text}`;
}

/** How long after a logon an id is taken to be its own, in microseconds: a host that starts anew gives ids anew. */
const OWN = 48 * 3600e6;
/** Records of one logon are not written in order. */
const BEFORE = 60e6;

function logonTest({ sessions }: LogonTerm): TermTest {
  const byId = new Map<string, { readonly host: string; readonly from: number }[]>();
  for (const { id, host, from } of sessions) {
    const list = byId.get(id);
    if (list === undefined) byId.set(id, [{ host, from }]);
    else list.push({ host, from });
  }
  return values => {
    const { micros, kind } = values.event;
    const host = fold(kind.host);
    const isOf = (text: string): boolean =>
      byId
        .get(text)
        ?.some(each => each.host === host && micros >= each.from - BEFORE && micros < each.from + OWN) ??
      false;
    const fields = values.all.flatMap(([{ name }, texts]) =>
      /logonid$/i.test(name) && texts.some(isOf) ? [name] : [],
    );
    return fields.length === 0 ? null : { fields: [...new Set(fields)], isNameOnly: false };
  };
}
