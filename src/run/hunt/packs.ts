/**
 * The advisory packs of a hunt, ready for use: their rules are loaded and cached with all others, their indicators become
 * rules too, and whoever judges asks here which behaviours a rule shows. A broken part is told and costs only itself.
 * Cost: about 10 ms for each pack, most of it YAML.
 */
import { sep } from 'node:path';
import {
  type Advisory,
  type AdvisoryProblem,
  type Behaviour,
  crossCheck,
  loadAdvisory,
} from '../../know/advisories/index.ts';
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
  /** Folders of rules, for `loadRuleSet`. */
  readonly rulePaths: readonly string[];
  readonly records: readonly PackRecord[];
  readonly problems: readonly AdvisoryProblem[];
};

export const noPacks: Packs = {
  advisories: [],
  behavioursOf: () => [],
  isPackRule: () => false,
  rulePaths: [],
  records: [],
  problems: [],
};

/** `named` as given with `--advisory`. Throws `CannotRun` where one of them is nowhere. */
export async function loadPacks(named: readonly string[], hasRules: boolean): Promise<Packs> {
  const paths = packPaths(named, hasRules);
  if (paths.length === 0) return noPacks;
  const advisories: Advisory[] = [];
  const records: PackRecord[] = [];
  const problems: AdvisoryProblem[] = [];
  for (const path of paths) {
    const loaded = await loadAdvisory(path);
    problems.push(...loaded.problems);
    if (loaded.advisory === null) continue;
    const { id, version } = loaded.advisory;
    advisories.push(loaded.advisory);
    records.push({ id, version, path, sha256: loaded.sha256 });
  }
  const rulePaths = advisories.flatMap(({ rules }) => rules ?? []);
  const behaviours = behavioursByRule(advisories);
  return {
    advisories,
    behavioursOf: ruleId => behaviours.get(ruleId.toLowerCase()) ?? [],
    isPackRule: ({ place }) => rulePaths.some(folder => isBelow(place.path, folder)),
    rulePaths,
    records,
    problems,
  };
}

/** Rule files are named by the folder that was asked for, joined by a slash or the system's own. */
function isBelow(path: string, folder: string): boolean {
  if (!path.startsWith(folder)) return false;
  const next = path[folder.length];
  return next === '/' || next === sep || /[\\/]$/.test(folder);
}

function behavioursByRule(advisories: readonly Advisory[]): ReadonlyMap<string, readonly Behaviour[]> {
  const byRule = new Map<string, Behaviour[]>();
  for (const behaviour of advisories.flatMap(({ behaviours }) => behaviours)) {
    for (const rule of behaviour.rules) {
      const key = rule.toLowerCase();
      const known = byRule.get(key);
      if (known === undefined) byRule.set(key, [behaviour]);
      else known.push(behaviour);
    }
  }
  return byRule;
}

/** By rule: 1 where it may also match the normal form of the command line. */
export function normalFlags(rules: readonly Rule[], { isPackRule }: Packs): Uint8Array {
  return Uint8Array.from(rules, rule => (isPackRule(rule) ? 1 : 0));
}

/** What is wrong with the packs, with what is wrong between them and the rules that were loaded. */
export function tellPacks(io: Io, packs: Packs, documents: readonly RuleDocument[]): void {
  const own = packs.advisories.flatMap(advisory =>
    crossCheck(
      advisory,
      documents.filter(({ place }) => advisory.rules !== null && isBelow(place.path, advisory.rules)),
    ),
  );
  for (const { severity, message, place } of [...packs.problems, ...own]) {
    // A warning changes nothing of this hunt: 'advisory check' is for whoever writes the pack.
    if (severity === 'warning') continue;
    remark(io, `huntaway: ${plain(`${place.path}:${place.line}:${place.column}: ${message}`)}\n`);
  }
}
