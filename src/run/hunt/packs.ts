/**
 * The advisory packs of a hunt, ready for use: their rules are loaded and cached with all others, their indicators become
 * rules too, and whoever judges asks here which behaviours a rule shows. A broken part is told and costs only itself. What
 * was made of a pack is kept beside the compiled rules, by the content of its files: most hunts are with the pack of the
 * last one.
 * Cost: about 5 ms for a pack of fifty behaviours and ninety indicators; the first time 80 ms, most of it YAML.
 */
import { sep } from 'node:path';
import {
  type Advisory,
  type AdvisoryProblem,
  type Behaviour,
  crossCheck,
  type LoadedAdvisory,
  loadAdvisory,
  packKey,
} from '../../know/advisories/index.ts';
import {
  type CompiledIndicators,
  compileIndicators,
  type Indicator,
  type IndicatorRule,
  indicatorRules,
} from '../../know/indicators/index.ts';
import { readKept, writeKept } from '../../know/rulesets/index.ts';
import type { Rule, RuleDocument } from '../../know/sigma/index.ts';
import { plain } from '../../tell/index.ts';
import type { Io } from '../io.ts';
import { packPaths } from '../packs.ts';
import { remark } from './remarks.ts';

/** A pack as `run.json` names it. */
export type PackRecord = {
  readonly id: string;
  readonly version: string;
  readonly path: string;
  readonly sha256: string;
};

export type Packs = {
  readonly advisories: readonly Advisory[];
  /** Of a rule, correlation or indicator by its id; empty where no pack speaks of it. */
  behavioursOf(ruleId: string): readonly Behaviour[];
  /** True for rules that stand in a pack: they may also be asked of the normal form of a command line. */
  isPackRule(document: Pick<RuleDocument, 'place'>): boolean;
  /** The rules of their indicators, and each indicator by the id of its rule. */
  readonly indicatorRules: readonly Rule[];
  readonly indicators: ReadonlyMap<string, Indicator>;
  /** Folders of rules, for `loadRuleSet`. */
  readonly rulePaths: readonly string[];
  readonly records: readonly PackRecord[];
  readonly problems: readonly AdvisoryProblem[];
};

export const noPacks: Packs = {
  advisories: [],
  behavioursOf: () => [],
  isPackRule: () => false,
  indicatorRules: [],
  indicators: new Map(),
  rulePaths: [],
  records: [],
  problems: [],
};

export type PackOptions = {
  readonly hasRules: boolean;
  /** Microseconds; the moment at which indicators must be valid. */
  readonly now: number;
  /** Null = what was made of packs is neither read from nor written to a cache. */
  readonly cacheDirectory: string | null;
};

/** `named` as given with `--advisory`. Throws `CannotRun` where one of the packs is nowhere. */
export async function loadPacks(
  named: readonly string[],
  { hasRules, now, cacheDirectory }: PackOptions,
): Promise<Packs> {
  const paths = packPaths(named, hasRules);
  if (paths.length === 0) return noPacks;
  const advisories: Advisory[] = [];
  const records: PackRecord[] = [];
  const problems: AdvisoryProblem[] = [];
  const found = new Map<string, IndicatorRule>();
  for (const path of paths) {
    const { loaded, published } = await loadPack(path, cacheDirectory);
    problems.push(...loaded.problems);
    if (loaded.advisory === null) continue;
    const { id, version } = loaded.advisory;
    advisories.push(loaded.advisory);
    records.push({ id, version, path, sha256: loaded.sha256 });
    if (published === null) continue;
    problems.push(...published.problems);
    // Two packs may pass on the same indicator.
    for (const each of indicatorRules(published.indicators, now)) {
      if (!found.has(each.rule.id!)) found.set(each.rule.id!, each);
    }
  }
  const rulePaths = advisories.flatMap(({ rules }) => rules ?? []);
  const indicators = new Map([...found].map(([id, { indicator }]) => [id, indicator]));
  const behaviours = behavioursByRule(advisories, indicators);
  return {
    advisories,
    behavioursOf: ruleId => behaviours.get(ruleId.toLowerCase()) ?? [],
    isPackRule: ({ place }) => rulePaths.some(folder => isBelow(place.path, folder)),
    indicatorRules: [...found.values()].map(({ rule }) => rule),
    indicators,
    rulePaths,
    records,
    problems,
  };
}

/** A pack as it was read, but for its rules: plain data. */
type ReadPack = { readonly loaded: LoadedAdvisory; readonly published: CompiledIndicators | null };

async function loadPack(path: string, cacheDirectory: string | null): Promise<ReadPack> {
  const key = cacheDirectory === null ? null : packKey(path);
  const kept = key === null ? null : (readKept(cacheDirectory!, key) as ReadPack | null);
  if (kept !== null) return kept;
  const loaded = await loadAdvisory(path);
  const indicators = loaded.advisory?.indicators ?? null;
  const published = indicators === null ? null : await compileIndicators(indicators);
  const read = { loaded, published };
  // Somebody may have written to the pack while it was read.
  if (key !== null && packKey(path) === key) writeKept(cacheDirectory!, key, read);
  return read;
}

/** Rule files are named by the folder that was asked for, joined by a slash or the system's own. */
function isBelow(path: string, folder: string): boolean {
  if (!path.startsWith(folder)) return false;
  const next = path[folder.length];
  return next === '/' || next === sep || /[\\/]$/.test(folder);
}

/** Behaviours name their rules; indicators name, by their labels, the behaviours that they show. */
function behavioursByRule(
  advisories: readonly Advisory[],
  indicators: ReadonlyMap<string, Indicator>,
): ReadonlyMap<string, readonly Behaviour[]> {
  const byRule = new Map<string, Behaviour[]>();
  const add = (rule: string, behaviour: Behaviour): void => {
    const known = byRule.get(rule.toLowerCase());
    if (known === undefined) byRule.set(rule.toLowerCase(), [behaviour]);
    else if (!known.includes(behaviour)) known.push(behaviour);
  };
  const byId = new Map<string, Behaviour>();
  for (const behaviour of advisories.flatMap(({ behaviours }) => behaviours)) {
    byId.set(behaviour.id, behaviour);
    for (const rule of behaviour.rules) add(rule, behaviour);
  }
  for (const [id, { labels }] of indicators) {
    for (const label of labels) if (byId.has(label)) add(id, byId.get(label)!);
  }
  return byRule;
}

/** By rule: 1 where it may also match the normal form of the command line: those of packs, and indicators. */
export function normalFlags(rules: readonly Rule[], { isPackRule }: Packs): Uint8Array {
  return Uint8Array.from(rules, rule => (rule.origin === 'indicator' || isPackRule(rule) ? 1 : 0));
}

/** What is wrong with the packs, with what is wrong between them and the rules that were loaded. */
export function tellPacks(io: Io, packs: Packs, documents: readonly RuleDocument[]): void {
  const own = packs.advisories.flatMap(advisory =>
    crossCheck(
      advisory,
      documents.filter(({ place }) => advisory.rules !== null && isBelow(place.path, advisory.rules)),
      [...packs.indicators.values()],
    ),
  );
  for (const { severity, message, place } of [...packs.problems, ...own]) {
    // A warning changes nothing of this hunt: 'advisory check' is for whoever writes the pack.
    if (severity === 'warning') continue;
    remark(io, `huntaway: ${plain(`${place.path}:${place.line}:${place.column}: ${message}`)}\n`);
  }
}
