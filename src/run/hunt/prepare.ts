/** Before a hunt reads a log: packs, rules and inputs are found, and what is wrong with them is told. */
import { existsSync } from 'node:fs';
import { loadRuleSet, type RuleSet } from '../../know/rulesets/index.ts';
import { logonTerms, type Sought, termRule } from '../../know/terms/index.ts';
import { manifestKind } from '../../read/collections/index.ts';
import { type ArchiveStore, type Discovery, discover } from '../../read/inputs/index.ts';
import { sources } from '../../read/sources/index.ts';
import { plain } from '../../tell/index.ts';
import { CannotRun, type Io } from '../io.ts';
import type { Progress } from '../progress.ts';
import { type Selected, selectRules } from '../selection.ts';
import { type FoundCollection, takeCollections } from './collections.ts';
import { type Knowledge, loadKnowledge } from './knowledge.ts';
import type { HuntOptions } from './options.ts';
import type { OutFolder } from './out-folder.ts';
import { loadPacks, type Packs, tellPacks } from './packs.ts';
import { remark, tellDiscovery, tellRules } from './remarks.ts';

export type Prepared = {
  readonly set: RuleSet;
  /** Where its files come from: packs, then what was given as rules. */
  readonly rulePaths: readonly string[];
  readonly packs: Packs;
  readonly knowledge: Knowledge;
  readonly selected: Selected;
  /** What is looked for; the first rules are theirs, in this order. */
  readonly terms: readonly Sought[];
  /** Without the manifests of collections. */
  readonly discovery: Discovery;
  readonly collections: readonly FoundCollection[];
};

const noRules: RuleSet = { documents: [], sha256: '', vanished: [], fromCache: true };

export async function prepare(
  options: HuntOptions,
  io: Io,
  out: OutFolder | null,
  progress: Progress,
  store: ArchiveStore,
): Promise<Prepared> {
  for (const path of options.rules) {
    if (!existsSync(path)) throw new CannotRun(`--rules ${plain(path)}: there is no such file or folder`);
  }
  const knowledge = await loadKnowledge(options, io);
  const packs = await loadPacks(options.advisories, {
    hasRules: options.rules.length > 0 || options.look !== null,
    now: options.asOf ?? io.now() * 1000,
    cacheDirectory: options.cacheDirectory,
  });
  // Of two paths to one file the first counts: a rule of a pack stays one where its folder was given as rules too.
  const rulePaths = [...packs.rulePaths, ...options.rules];
  let compiled = '';
  progress.show(() => `loading rules, looking for logs${compiled}`);
  const loading =
    rulePaths.length === 0
      ? noRules
      : loadRuleSet(rulePaths, {
          cacheDirectory: options.cacheDirectory,
          placeholders: options.placeholders,
          onProgress: (done, total) => {
            compiled = `: ${done} of ${total} rule files compiled`;
            progress.tick();
          },
        }).catch(error => {
          // The one thing that loading rules throws for; a rule that is wrong is a rejection.
          throw options.placeholders === null ? error : new CannotRun(String(error.message), error);
        });
  const [set, found] = await Promise.all([
    loading,
    discover(options.paths, { sources, companions: [manifestKind], store, signal: io.signal }),
  ]);
  const reachable = out === null || !mayReach(options.paths, out) ? found : withoutOwnOutput(found, out);
  const { discovery, collections } = await takeCollections(reachable, store);
  const asked = options.look?.terms ?? [];
  const terms = [...asked, ...logonTerms(asked)];
  const termRules = terms.map(termRule);
  const documents = [...termRules, ...set.documents, ...packs.indicatorRules];
  const selected = selectRules(documents, options.selection, new Set(termRules));
  progress.end();
  tellPacks(io, packs, set.documents);
  if (terms.length === 0 || rulePaths.length > 0) tellRules(io, rulePaths, set, selected);
  if (out !== null) {
    for (const path of options.paths) {
      if (path === '-' || !out.liesBelow(path)) continue;
      remark(io, `huntaway: --out ${plain(out.path)} lies in ${plain(path)}; it is left out of the hunt\n`);
    }
  }
  tellDiscovery(io, discovery);
  return { set, rulePaths, packs, knowledge, selected, terms, discovery, collections };
}

/** Whether the paths may lead into the folder; asking that of each file found would cost more than opening it. */
function mayReach(paths: readonly string[], out: OutFolder): boolean {
  return paths.some(path => path !== '-' && (/[*?[{]/.test(path) || out.liesBelow(path) || out.holds(path)));
}

function withoutOwnOutput(discovery: Discovery, out: OutFolder): Discovery {
  return {
    ...discovery,
    inputs: discovery.inputs.filter(input => input.file === null || !out.holds(input.file)),
    unread: discovery.unread.filter(unread => unread.path === '-' || !out.holds(unread.path)),
  };
}
