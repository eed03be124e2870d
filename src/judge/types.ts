/**
 * What goes into a judgement and what comes out. Judging is pure: the same findings, facts and knowledge give the same
 * intrusions, whatever the order they come in and whatever the number of workers that gathered them.
 */
import type { Advisory, Behaviour, Stage } from '../know/advisories/index.ts';
import type { Level } from '../know/sigma/index.ts';
import type { Site } from '../know/site/index.ts';
import type { EventPlace, Fact, FactSource } from '../read/entities/index.ts';
import type { AccountTable, Memory } from './memory/index.ts';

/** The rule, correlation or indicator behind a finding, as far as judging asks. */
export type JudgedRule = {
  readonly id: string;
  readonly title: string;
  readonly level: Level | null;
  /** Of the advisories at hand; empty for a rule of somebody else's. */
  readonly behaviours: readonly Behaviour[];
  /** By ATT&CK tactic tags, where it has no behaviour; null = none. */
  readonly stage: Stage | null;
  readonly kind: 'rule' | 'correlation' | 'indicator';
  /** False for an indicator that has expired: it only ever supports. */
  readonly decides: boolean;
};

/** One event that a rule matched, or one of the events of a correlation that fired. */
export type JudgedFinding = {
  readonly rule: JudgedRule;
  readonly fact: Fact;
  /** What people read of it: `ntdsutil  "ac i ntds" …`; masked already. */
  readonly example: string;
  /** `normal` where only the normal form of the command line matched. */
  readonly form: 'written' | 'normal';
  /** Present for a correlation: which firing this event belongs to. */
  readonly firing?: number;
  /** What is not certain of the event, as a reason. */
  readonly doubt?: string;
};

export type JudgeInput = {
  readonly advisories: readonly Advisory[];
  readonly findings: readonly JudgedFinding[];
  readonly facts: FactSource;
  /** By index of the input: its path, as findings say it. */
  readonly files: readonly string[];
  /** Every host's name in the logs, as written. */
  readonly hosts: readonly string[];
  /** First and last event of the logs, microseconds; null = no event says a time. */
  readonly span: { readonly first: number; readonly last: number } | null;
  readonly site: Site | null;
  /** Canonical names of hosts that the logs show to be the plant's, beside those that the site file names. */
  readonly plant?: ReadonlySet<string>;
  readonly accounts: AccountTable | null;
  readonly memory: Memory | null;
  /** The moment that approvals and indicators are checked against; microseconds. */
  readonly now: number;
};

export const verdicts = ['intrusion', 'suspected', 'lead'] as const;
export type Verdict = (typeof verdicts)[number];

/** A finding with its stage, weight and entities: as `intrusions.json` writes it, times still numbers. */
export type Evidence = {
  readonly id: string;
  readonly behaviour: Behaviour | null;
  readonly rule: JudgedRule | null;
  readonly stage: Stage;
  readonly micros: number;
  /** Canonical: lower-case FQDN, else short name. */
  readonly host: string;
  /** Canonical: `DOMAIN\user`, else UPN, else SID; null = unknown. */
  readonly account: string | null;
  readonly channel: string;
  readonly place: EventPlace;
  /** Where else it stands, if it was exported more than once. */
  readonly copies: readonly EventPlace[];
  readonly example: string;
  /** Bits: how unusual it is, and what it is worth. */
  readonly weight: number;
  /** Why it counts, and for how much: sentences. */
  readonly reasons: readonly string[];
  readonly fact: Fact;
};

export type EvidenceLink = { readonly from: string; readonly to: string; readonly reason: string };

export type Intrusion = {
  readonly id: string;
  readonly verdict: Verdict;
  /** 0 to 100. */
  readonly score: number;
  readonly summary: string;
  /** What speaks for it, what against, what would settle it: sentences, the weightiest first. */
  readonly for: readonly string[];
  readonly against: readonly string[];
  readonly settle: readonly string[];
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** In order of first appearance. */
  readonly stages: readonly Stage[];
  /** In order of entry. */
  readonly hosts: readonly string[];
  readonly accounts: readonly string[];
  readonly sources: readonly string[];
  /** In order of time. */
  readonly evidence: readonly Evidence[];
  readonly links: readonly EvidenceLink[];
  /** Plain sentences with times, hosts and accounts. */
  readonly story: readonly string[];
  /** What to do first, in order: preserve, report, contain, reset. */
  readonly first: readonly string[];
  /** Set where one recurring doing is told once. */
  readonly recurs?: Recurs;
};

/** How often one doing was done, and when. */
export type Recurs = {
  readonly times: number;
  /** Seconds between two of them; null where it keeps to no schedule. */
  readonly period: number | null;
  readonly first: number;
  readonly last: number;
  /** What a person writes into the site's file to allow it; null where the logs do not say what an approval must name. */
  readonly approval: string | null;
};

export type Suppressed = {
  readonly evidence: Evidence;
  readonly approval: string;
  readonly reason: string;
  readonly until: number | null;
};

export type Judgement = {
  /** Strongest verdict first, then by first seen. */
  readonly intrusions: readonly Intrusion[];
  readonly suppressed: readonly Suppressed[];
  /** What memory should hold after this run; null where none was given. */
  readonly memory: Memory | null;
  /** What the reader must know of the judgement itself: a short baseline, an overlap with the dwell, dropped facts. */
  readonly notes: readonly string[];
};
