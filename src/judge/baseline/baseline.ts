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
    return this.#judge(this.#aspects.of(askedOf(fact)), fact, what);
  }

  logon(fact: Fact): (Unusual & { readonly isFirst: boolean }) | null {
    const asked: Asked = askedOf(fact);
    const aspect = this.#aspects.logon(asked);
    if (aspect === null) return null;
    const from = asked.text('sourceIp') ?? asked.text('sourceHost') ?? 'the machine itself';
    return this.#judge(aspect, fact, `a logon of this type from the network of ${from}`);
  }

  overlap(firstSeen: number): DwellOverlap {
    const { days } = this;
    const after = this.#daysWithFacts.filter(day => day >= dayOf(firstSeen)).length;
    if (after === 0) return { after, days, note: null };
    const share = Math.round((100 * after) / days);
    const note = `${after} of the ${counted(days, 'day')} that the baseline rests on (${share} %) lie on or after the first sign of it: what is called usual may be the intruder's own doing.`;
    return { after, days, note };
  }

  #judge(aspect: Aspect, fact: Fact, what: string): Unusual & { readonly isFirst: boolean } {
    return fact.micros === NO_TIME ? timeless : new Answer(this, this.#counts, aspect, fact, what);
  }
}

/** Each part is worked out when it is asked for: of most evidence that is all that recurs on a schedule, of logons the days. */
class Answer implements Unusual {
  readonly #baseline: SiteBaseline;
  readonly #counts: Counts;
  readonly #aspect: Aspect;
  readonly #fact: Fact;
  readonly #what: string;
  #surprise: Surprise | null = null;

  constructor(baseline: SiteBaseline, counts: Counts, aspect: Aspect, fact: Fact, what: string) {
    this.#baseline = baseline;
    this.#counts = counts;
    this.#aspect = aspect;
    this.#fact = fact;
    this.#what = what;
  }

  #whole(): Surprise {
    const { contexts, shape } = this.#aspect;
    this.#surprise ??= this.#counts.tally.surprise(contexts, shape, dayOf(this.#fact.micros));
    return this.#surprise;
  }

  get bits(): number {
    const { bits } = this.#whole();
    const { isShort, days } = this.#baseline;
    return isShort ? Math.min(bits, shortCap(days)) : bits;
  }

  get seen(): Unusual['seen'] {
    const [account, host, anywhere] = this.#whole().seen;
    return { account, host, anywhere };
  }

  get regular(): Regularity | null {
    return this.#counts.sightingsOf(this.#aspect)?.regularity(this.#fact.micros) ?? null;
  }

  /** Of a logon: nobody of that name had come in like that before the day. */
  get isFirst(): boolean {
    const first = this.#counts.sightingsOf(this.#aspect)?.first;
    return first === undefined || dayOf(first) >= dayOf(this.#fact.micros);
  }

  get reasons(): readonly string[] {
    const { days, rareBelow } = this.#baseline;
    const { bits, regular } = this;
    const together = this.#counts.isTogether(this.#aspect);
    const rareText = `${this.#what} is one of the rare ones that are counted together (fewer than ${rareBelow} times)`;
    return [
      together ? rareText : this.#seenText(),
      ...(regular === null ? [] : [regularText(regular)]),
      ...(bits < this.#whole().bits
        ? [`only ${counted(days, 'day')} of history: surprise is held to ${shown(bits)} bits`]
        : []),
    ];
  }

  #seenText(): string {
    const { account, host, anywhere } = this.seen;
    const what = this.#what;
    const history = `${counted(this.#baseline.days, 'day')} of logs`;
    const on = this.#fact.host.toLowerCase();
    const who = this.#fact.values.account ?? 'this account';
    const others = (days: number): string => counted(days, 'other day');
    if (anywhere === 0) return `${what} is seen on no other day anywhere in ${history}`;
    if (host === 0) return `${what} is seen on no other day on ${on} in ${history}; elsewhere on ${anywhere}`;
    if (account === 0) return `${what} is seen on ${others(host)} on ${on}, never of ${who}`;
    return `${what} of ${who} on ${on} is seen on ${others(account)} of ${history}`;
  }
}

const timeless: Unusual & { readonly isFirst: boolean } = {
  isFirst: true,
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
