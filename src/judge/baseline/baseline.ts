/**
 * Answers how unusual a fact is, from the counts of all facts. Under 30 days of history surprise is capped at log2(d + 2)
 * bits for d days: of what did not happen on d days, the rule of succession says that it happens on the next with
 * probability 1 / (d + 2), and no count of other things can show more. 30 days, because much of what administrators do
 * comes once a month (patches, certificates, accounts of those who left): less history cannot tell rare from monthly.
 */
import type { Fact } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import { type Asked, type Aspect, type Aspects, askedOf } from './aspects.ts';
import type { Counts } from './counts.ts';
import { dayOf } from './days.ts';
import type { Surprise } from './tally.ts';
import type { BuiltBaseline, DwellOverlap, Regularity, Unusual } from './types.ts';

const ENOUGH_DAYS = 30;

export class SiteBaseline implements BuiltBaseline {
  readonly days: number;
  readonly isShort: boolean;
  readonly rareBelow: number;
  readonly #aspects: Aspects;
  readonly #counts: Counts;

  readonly #daysWithFacts: readonly number[];

  constructor(aspects: Aspects, counts: Counts) {
    this.#aspects = aspects;
    this.#counts = counts;
    this.#daysWithFacts = counts.days;
    this.rareBelow = counts.rare?.least ?? 0;
    this.days = this.#daysWithFacts.length;
    this.isShort = this.days < ENOUGH_DAYS;
  }

  get notes(): readonly string[] {
    const { days, rareBelow } = this;
    const short = `The logs hold ${counted(days, 'day')} of history, fewer than ${ENOUGH_DAYS}: how unusual something is, is held to ${shown(shortCap(days))} bits.`;
    const rare = `More different commands and logons than are counted one by one: those seen fewer than ${rareBelow} times are counted together.`;
    return [...(this.isShort ? [short] : []), ...(rareBelow > 0 ? [rare] : [])];
  }

  unusual(fact: Fact): Unusual {
    const what = fact.type === 'process-start' ? 'this command' : 'an event of this kind';
    return this.#judge(this.#aspects.of(askedOf(fact)), fact, what, 'is seen');
  }

  logon(fact: Fact): (Unusual & { readonly isFirst: boolean }) | null {
    const asked: Asked = askedOf(fact);
    const aspect = this.#aspects.logon(asked);
    if (aspect === null) return null;
    const from = asked.text('sourceIp') ?? asked.text('sourceHost') ?? 'the machine itself';
    const unusual = this.#judge(aspect, fact, `a logon of this type from the network of ${from}`, 'is seen');
    const first = this.#counts.sightingsOf(aspect)?.first;
    const isFirst = first === undefined || dayOf(first) >= dayOf(fact.micros);
    return { ...unusual, isFirst };
  }

  overlap(firstSeen: number): DwellOverlap {
    const { days } = this;
    const after = this.#daysWithFacts.filter(day => day >= dayOf(firstSeen)).length;
    if (after === 0) return { after, days, note: null };
    const share = Math.round((100 * after) / days);
    const note = `${after} of the ${counted(days, 'day')} that the baseline rests on (${share} %) lie on or after the first sign of it: what is called usual may be the intruder's own doing.`;
    return { after, days, note };
  }

  #judge(aspect: Aspect, fact: Fact, what: string, verb: string): Unusual {
    if (fact.micros === NO_TIME) return timeless;
    const { bits, seen } = this.#counts.tally.surprise(aspect.contexts, aspect.shape, dayOf(fact.micros));
    const capped = this.isShort ? Math.min(bits, shortCap(this.days)) : bits;
    const regular = this.#counts.sightingsOf(aspect)?.regularity(fact.micros) ?? null;
    const together = this.#counts.isTogether(aspect);
    const rareText = `${what} is one of the rare ones that are counted together (fewer than ${this.rareBelow} times)`;
    return {
      bits: capped,
      seen: { account: seen[0], host: seen[1], anywhere: seen[2] },
      regular,
      reasons: [
        together ? rareText : this.#seenText(seen, what, verb, fact),
        ...(regular === null ? [] : [regularText(regular)]),
        ...(capped < bits
          ? [`only ${counted(this.days, 'day')} of history: surprise is held to ${shown(capped)} bits`]
          : []),
      ],
    };
  }

  #seenText([account, host, anywhere]: Surprise['seen'], what: string, verb: string, fact: Fact): string {
    const history = `${counted(this.days, 'day')} of logs`;
    const on = fact.host.toLowerCase();
    const who = fact.values.account === undefined ? 'this account' : fact.values.account;
    const others = (days: number): string => counted(days, 'other day');
    if (anywhere === 0) return `${what} ${verb} on no other day anywhere in ${history}`;
    if (host === 0) return `${what} ${verb} on no other day on ${on} in ${history}; elsewhere on ${anywhere}`;
    if (account === 0) return `${what} ${verb} on ${others(host)} on ${on}, never of ${who}`;
    return `${what} of ${who} on ${on} ${verb} on ${others(account)} of ${history}`;
  }
}

const timeless: Unusual = {
  bits: 0,
  seen: { account: 0, host: 0, anywhere: 0 },
  regular: null,
  reasons: ['the event says no time, so it is compared with nothing'],
};

function shortCap(days: number): number {
  return Math.log2(days + 2);
}

const spans = [
  [604_800, 'week'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

function regularText({ times, period }: Regularity): string {
  // The largest unit of which it is at least nearly one.
  const [size, unit] = spans.find(([seconds]) => period >= seconds * 0.95) ?? spans[4];
  const count = Math.round((period / size) * 10) / 10;
  const every = count === 1 ? unit : `${count} ${unit}s`;
  return `recurs every ${every}, as a schedule does (${times} times)`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function shown(bits: number): string {
  return bits.toFixed(1);
}
