/**
 * From findings to items: one per event. An event that several rules matched, or that was exported twice, is one item;
 * the gravest behaviour leads, the other rules are named among its reasons. Costs one hash of a short text per event.
 */
import { hash } from 'node:crypto';
import type { Behaviour, Gravity, Stage } from '../../know/advisories/index.ts';
import type { EventPlace, Fact } from '../../read/entities/index.ts';
import type { JudgedFinding } from '../types.ts';
import { EventKeys, exactKey } from './events.ts';
import { compareFacts, compareItems, type Item } from './item.ts';
import { logonsOf, type Names } from './names.ts';
import { Ranking } from './ranking.ts';

/** One item per event that a finding names, in the order of items. */
export function gatherItems(findings: readonly JudgedFinding[], names: Names): Item[] {
  const keys = new EventKeys(names);
  keys.learn(findings.map(({ fact }) => fact));
  const ranking = new Ranking();
  return keys
    .grouped(findings)
    .map(same => itemOf(same, names, ranking))
    .sort(compareItems);
}

/** What an item is made of where no rule found it: facts that mean something only beside other evidence. */
export type Found = {
  readonly fact: Fact;
  readonly behaviour: Behaviour | null;
  readonly stage: Stage;
  readonly step: string | null;
  readonly gravity: Gravity;
  readonly example: string;
  /** Bits, where it was found by being unusual; null = the baseline says. */
  readonly surprise: number | null;
  readonly reasons: readonly string[];
};

export function foundItem(found: Found, names: Names): Item {
  const { fact, behaviour, stage, step, gravity, example, surprise, reasons } = found;
  const { host, account, accountKey, logons, pid } = entities(fact, names);
  return {
    id: itemId(exactKey(fact, names), behaviour?.id ?? stage),
    fact,
    copies: [],
    micros: fact.micros,
    host,
    account,
    accountKey,
    behaviour,
    rule: null,
    stage,
    step,
    steps: step === null || gravity === 'weak' ? [] : [step],
    gravity,
    decides: true,
    example,
    surprise,
    reasons,
    logons,
    pid,
  };
}

function itemOf(same: readonly JudgedFinding[], names: Names, ranking: Ranking): Item {
  const ranked = same.length === 1 ? same : ranking.sort(same);
  const lead = ranked[0]!;
  const fact = fullest(ranked);
  const { behaviour, gravity, steps } = ranking.traits(lead.rule);
  const { host, account, accountKey, logons, pid } = entities(fact, names);
  return {
    id: itemId(exactKey(fact, names), lead.rule.id),
    fact,
    copies: copiesOf(fact, ranked),
    micros: fact.micros,
    host,
    account,
    accountKey,
    behaviour,
    rule: lead.rule,
    stage: behaviour?.stage ?? lead.rule.stage ?? 'execution',
    step: behaviour?.step ?? null,
    steps: ranked.length === 1 ? steps : ranking.steps(ranked),
    gravity,
    decides: lead.rule.decides,
    example: lead.example,
    surprise: null,
    reasons: reasonsOf(ranked, ranking),
    logons,
    pid,
  };
}

// An item is written out field by field: spread from parts, each costs several times as much.
function entities(fact: Fact, names: Names): Pick<Item, EntityRole> {
  const who = names.account(fact.values.account, fact.values.sid);
  const by = who.key === null ? names.account(fact.values.byAccount) : who;
  return {
    host: names.host(fact.host),
    account: who.name ?? by.name,
    accountKey: who.key ?? by.key,
    logons: logonsOf(fact.values),
    pid: fact.values.pid ?? databasePid(fact),
  };
}

type EntityRole = 'host' | 'account' | 'accountKey' | 'logons' | 'pid';

/** ESENT names the process that has a database open only in its text: `NTDS (2772,D,100) …`. */
function databasePid({ values: { text } }: Fact): number | undefined {
  const pid = text === undefined ? null : /^[^(\n]{0,64}\((\d{1,10}),/.exec(text);
  return pid === null ? undefined : Number(pid[1]);
}

function itemId(key: string, rule: string): string {
  return hash('sha256', `${key}\n${rule}`).slice(0, 16);
}

/**
 * Of several copies of one event the one that says most; a shipper may have dropped fields of another, its number or the
 * end of its time.
 */
function fullest(ranked: readonly JudgedFinding[]): Fact {
  let best = ranked[0]!.fact;
  if (ranked.length === 1) return best;
  const said = ({ values }: Fact): number => Object.keys(values).length;
  for (const { fact } of ranked) {
    const more =
      said(fact) - said(best) ||
      Number(fact.place.record >= 0) - Number(best.place.record >= 0) ||
      fact.micros - best.micros ||
      compareFacts(best, fact);
    if (more > 0) best = fact;
  }
  return best;
}

const noCopies: readonly EventPlace[] = [];

/** Where else the event stands. */
function copiesOf({ place }: Fact, ranked: readonly JudgedFinding[]): readonly EventPlace[] {
  if (ranked.length === 1) return noCopies;
  const copies = new Map<string, EventPlace>();
  for (const { fact } of ranked) {
    const { input, offset } = fact.place;
    if (input !== place.input || offset !== place.offset) copies.set(`${input} ${offset}`, fact.place);
  }
  return copies.size === 0 ? noCopies : [...copies.values()];
}

function reasonsOf(ranked: readonly JudgedFinding[], ranking: Ranking): readonly string[] {
  const lead = ranked[0]!;
  const { said } = ranking.traits(lead.rule);
  if (ranked.length === 1 && lead.form === 'written' && lead.rule.decides && lead.doubt === undefined)
    return said;
  const reasons = [...said];
  if (lead.doubt !== undefined) reasons.push(lead.doubt);
  if (lead.form === 'normal') reasons.push('matched only once the disguise of its command line was undone');
  if (!lead.rule.decides) reasons.push('an indicator that has expired: it supports and does not decide');
  const others = new Set<string>();
  for (const { rule } of ranked) if (rule.id !== lead.rule.id) others.add(rule.title);
  if (others.size > 0) reasons.push(`also matched by ${listed([...others], 5)}`);
  return reasons;
}

/** `a, b and 3 more`. */
export function listed(words: readonly string[], most: number): string {
  if (words.length > most) {
    return `${words.slice(0, most - 1).join(', ')} and ${words.length - most + 1} more`;
  }
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
