/**
 * Which records the timeline shows: of hundreds of thousands a person reads some. What lies in the time asked about comes
 * first, then what is nearest to it on both sides; how many lie between is said. Memory is bounded by what is shown; a
 * record that is not costs a look at its time.
 */
import { IN_LOGON, LOGON_RULE, TOUCHES } from '../../know/terms/index.ts';
import type { Finding, ShownRecord, Stretch } from '../../tell/index.ts';
import { eachLines } from './lines.ts';
import type { LineIndex } from './merged.ts';

/** Records shown: of those before, within and after the time asked about, the first and the last. */
const shown = {
  before: { head: 0, tail: 20 },
  within: { head: 120, tail: 40 },
  after: { head: 20, tail: 0 },
} as const;

/** Where the time stands in a line, which begins `{"@timestamp":"`. */
const TIME_AT = 15;
const TIME_LENGTH = 27;

/** The first and the last of what passes, and how many there were between. */
class Ends {
  readonly #head: Buffer[] = [];
  readonly #tail: Buffer[] = [];
  readonly #most: { readonly head: number; readonly tail: number };
  #count = 0;

  constructor(most: { readonly head: number; readonly tail: number }) {
    this.#most = most;
  }

  add(lines: Uint8Array): void {
    this.#count++;
    if (this.#head.length < this.#most.head) this.#head.push(Buffer.from(lines));
    else if (this.#most.tail > 0) {
      this.#tail.push(Buffer.from(lines));
      if (this.#tail.length > this.#most.tail) this.#tail.shift();
    }
  }

  *stretches(): Generator<Stretch> {
    for (const lines of this.#head) yield recordOf(lines);
    const omitted = this.#count - this.#head.length - this.#tail.length;
    if (omitted > 0) yield { omitted };
    for (const lines of this.#tail) yield recordOf(lines);
  }
}

/** `from` and `to` as findings write times; null = that end was not given. */
export function timelineOf(index: LineIndex, from: string | null, to: string | null): Stretch[] {
  const before = new Ends(shown.before);
  const within = new Ends(shown.within);
  const after = new Ends(shown.after);
  let next = 0;
  eachLines(index, bytes => {
    const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < lines.length; ) {
      const length = index.length[index.order[next++]!]!;
      const own = lines.subarray(at, at + length);
      at += length;
      if (length === 0 || !own.includes(LOOK)) continue;
      const time = own.toString('latin1', TIME_AT, TIME_AT + TIME_LENGTH);
      const part = from !== null && time < from ? before : to !== null && time >= to ? after : within;
      part.add(own);
    }
    return true;
  });
  return [...before.stretches(), ...within.stretches(), ...after.stretches()];
}

/** No value of a log holds it: quotes in values are escaped. */
const LOOK = Buffer.from(',"look":{"fields":[');

/** The record that these findings, one or several, are of. */
function recordOf(lines: Buffer): ShownRecord {
  const findings = lines
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Finding)
    .filter(finding => finding.huntaway.kind !== 'correlation' && 'look' in finding.huntaway);
  const first = findings[0] as Extract<Finding, { readonly winlog: unknown }>;
  const place = first.host.name === '' ? '' : ` on ${first.host.name}`;
  return {
    time: first['@timestamp'],
    host: first.host.name,
    channel: first.winlog.channel,
    code: first.event.code,
    text: first.message.slice(first.rule.name.length + place.length).replace(/^: /, ''),
    terms: findings.map(finding => {
      const { look } = (finding as typeof first).huntaway;
      const isOfLogon = finding.rule.id.startsWith(LOGON_RULE);
      return {
        text: finding.rule.name.slice((isOfLogon ? IN_LOGON : TOUCHES).length),
        fields: look!.fields,
        isNameOnly: look!.name_only === true,
        isOfLogon,
      };
    }),
    isAround: first.huntaway.look!.around === true,
    notes: [
      ...(first.huntaway.salvaged === true ? ['salvaged'] : []),
      ...(first.huntaway.collection === true ? ['of the collection itself'] : []),
    ],
  };
}
