/**
 * The conductor of a hunt: load rules and find inputs, cut the work, let workers read and match, then order and
 * tell. It decides when and where; what is found is `match/`'s business and what is said is `tell/`'s.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { loadRuleSet, type RuleSet } from '../../know/rulesets/index.ts';
import { manifestKind } from '../../read/collections/index.ts';
import { ArchiveStore, type Discovery, discover } from '../../read/inputs/index.ts';
import { sourceByName, sources } from '../../read/sources/index.ts';
import { plain } from '../../tell/index.ts';
import { exitCode, exitCodes } from '../exit-code.ts';
import { CannotRun, type Io } from '../io.ts';
import { Progress, progressText } from '../progress.ts';
import { levelRank, type Selected, selectRules } from '../selection.ts';
import {
  collectionWindows,
  type FoundCollection,
  takeCollections,
  tellCollections,
  withCollections,
} from './collections.ts';
import { SharedControl } from './control.ts';
import { type Correlated, correlateParts, needsOf } from './correlations/index.ts';
import { hashInputs, type InputHashes } from './hashes.ts';
import { buildLedger, isDamaged, type Ledger } from './ledger.ts';
import { countLedger } from './ledger-counts.ts';
import { matchesByRule } from './ledger-rules.ts';
import { type Merged, merge } from './merged.ts';
import type { HuntOptions } from './options.ts';
import { OutFolder } from './out-folder.ts';
import { outputNames, printFindings, writeRecords } from './output.ts';
import { loadPacks, normalFlags, type Packs, tellPacks } from './packs.ts';
import { chooseWorkers, piecesOf, planUnits } from './plan.ts';
import { runUnits } from './pool.ts';
import { remark, tellDiscovery, tellEnd, tellRecord, tellRules } from './remarks.ts';
import type { Circumstances } from './run-record.ts';
import type { Job } from './runner.ts';
import { Spool, SpoolFolder } from './spool.ts';

export type HuntOutcome = {
  readonly exitCode: number;
  readonly events: number;
  readonly findings: number;
};

export async function hunt(options: HuntOptions, io: Io, circumstances: Circumstances): Promise<HuntOutcome> {
  const started = io.now();
  const out = options.out === null ? null : new OutFolder(options.out, outputNames, options.force);
  const spools = new SpoolFolder(options.spoolDirectory);
  const store = new ArchiveStore();
  const progress = new Progress(io.stderr);
  try {
    const prepared = await unlessAborted(prepare(options, io, out, progress, store), io.signal);
    if (prepared === null) {
      progress.end();
      remark(io, 'huntaway: interrupted before anything was read\n');
      return { exitCode: exitCodes.interrupted, events: 0, findings: 0 };
    }
    const { merged, outcomes, hashes, workers, pieces, bytes } = await readAll(
      prepared,
      options,
      io,
      spools,
      progress,
    );
    progress.end();
    const interrupted = io.signal.aborted;
    const { set, rulePaths, packs, selected, discovery, collections } = prepared;
    const bare = buildLedger({
      vanished: set.vanished,
      selected,
      inputs: discovery.inputs,
      unread: discovery.unread,
      merged,
      outcomes,
      hashes: hashes.files,
      pieces,
      interrupted,
    });
    const ledger = withCollections(bare, collections);
    const matches = matchesByRule({ merged, selected });
    const code = exitCode({
      interrupted,
      couldNotRun: nothingRead(bare),
      failOnReached: reaches(options, selected, matches),
      incomplete: isIncomplete(ledger, discovery),
    });
    const printed = printFindings(options, io, out, merged, selected);
    const ended = io.now();
    tellCollections(io, ledger, collections);
    tellEnd({
      io,
      merged,
      selected,
      matches,
      ledger,
      counts: countLedger(ledger),
      interrupted,
      bytes: interrupted
        ? bytes
        : ledger.files.reduce((sum, file) => sum + (file.type === null ? 0 : (file.size ?? 0)), 0),
      seconds: (ended - started) / 1000,
      timeZone: options.timeZone,
    });
    const findings = sum(matches.filter((_, i) => selected.hidden[i] !== 1));
    if (out !== null) {
      const record = await writeRecords(out, printed.file, {
        options,
        circumstances,
        started,
        ended,
        exitCode: code,
        workers,
        set,
        rulePaths,
        packs: packs.records,
        ledger,
        hashes,
        merged,
        findings,
        inputs: discovery.inputs,
      });
      tellRecord(io, out.path, record);
    }
    return {
      exitCode: printed.broken && !interrupted ? exitCodes.finished : code,
      events: merged.events,
      findings,
    };
  } finally {
    progress.end();
    out?.discard();
    spools.close();
    store.dispose();
  }
}

/** What `work` gives, or null where the signal comes first (it may wait for input that never comes). */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
    work.then(resolve, reject);
  });
}

type Prepared = {
  readonly set: RuleSet;
  /** Where its files come from: packs, then what was given as rules. */
  readonly rulePaths: readonly string[];
  readonly packs: Packs;
  readonly selected: Selected;
  /** Without the manifests of collections. */
  readonly discovery: Discovery;
  readonly collections: readonly FoundCollection[];
};

const noRules: RuleSet = { documents: [], sha256: '', vanished: [], fromCache: true };

async function prepare(
  options: HuntOptions,
  io: Io,
  out: OutFolder | null,
  progress: Progress,
  store: ArchiveStore,
): Promise<Prepared> {
  for (const path of options.rules) {
    if (!existsSync(path)) throw new CannotRun(`--rules ${plain(path)}: there is no such file or folder`);
  }
  const packs = await loadPacks(options.advisories, {
    hasRules: options.rules.length > 0,
    now: options.asOf ?? io.now() * 1000,
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
  const selected = selectRules([...set.documents, ...packs.indicatorRules], options.selection);
  progress.end();
  tellPacks(io, packs, set.documents);
  tellRules(io, rulePaths, set, selected);
  if (out !== null) {
    for (const path of options.paths) {
      if (path === '-' || !out.liesBelow(path)) continue;
      remark(io, `huntaway: --out ${plain(out.path)} lies in ${plain(path)}; it is left out of the hunt\n`);
    }
  }
  tellDiscovery(io, discovery);
  return { set, rulePaths, packs, selected, discovery, collections };
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

type Read = {
  readonly merged: Merged;
  readonly outcomes: Correlated['outcomes'];
  readonly hashes: InputHashes;
  readonly workers: number;
  /** By index of the input: into how many pieces it was cut. */
  readonly pieces: ReadonlyMap<number, number>;
  /** Read up to the end or the interruption, in whole KiB. */
  readonly bytes: number;
};

async function readAll(
  { packs, selected, discovery, collections }: Prepared,
  options: HuntOptions,
  io: Io,
  spools: SpoolFolder,
  progress: Progress,
): Promise<Read> {
  const { inputs } = discovery;
  const plan = planUnits(inputs, (input, target) =>
    sourceByName(input.type)!.splitPoints(input.size, target),
  );
  const total = inputs.reduce((sum, input) => sum + Math.max(0, input.size), 0);
  const workers = options.workers ?? chooseWorkers(total, plan.units.length, availableParallelism());
  const threads = Math.min(workers, Math.max(1, plan.units.length));
  const control = new SharedControl();
  const known = inputs.every(input => input.size >= 0) ? total : 0;
  progress.show(() => progressText(control, known, progress.seconds));
  const stop = (): void => control.stop();
  if (io.signal.aborted) stop();
  io.signal.addEventListener('abort', stop, { once: true });
  const needs = needsOf(selected);
  const job: Job = {
    inputs,
    rules: selected.rules,
    normal: normalFlags(selected.rules, packs),
    hitValues: needs.requests,
    evidence: null,
    options: {
      from: options.from,
      to: options.to,
      reveal: options.reveal,
      hidden: selected.hidden,
      collections: collectionWindows(collections),
    },
    timeZone: options.timeZone,
    lines: options.format !== 'table' || options.out !== null,
    hash: options.out !== null,
  };
  try {
    const hashes = (): Promise<InputHashes> =>
      options.out === null
        ? Promise.resolve({ files: new Map(), containers: new Map() })
        : hashInputs(inputs, io.signal);
    const reading = runUnits(job, plan, threads, control, spools, () => progress.tick());
    // With threads the main thread is idle and hashes beside them; alone it does one after the other.
    const [collected, hashed] =
      threads > 1 ? await Promise.all([reading, hashes()]) : [await reading, await hashes()];
    const correlated =
      selected.correlations.length === 0
        ? null
        : correlateParts(collected, selected, needs, inputs, {
            reveal: options.reveal,
            spool: job.lines ? new Spool(() => spools.openFile()) : null,
          });
    return {
      merged: merge(correlated === null ? collected : [...collected, correlated.part]),
      outcomes: correlated?.outcomes ?? [],
      hashes: hashed,
      workers: threads,
      pieces: piecesOf(plan),
      bytes: control.bytes,
    };
  } finally {
    io.signal.removeEventListener('abort', stop);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** True where inputs were asked for and not one could be read. */
function nothingRead(ledger: Ledger): boolean {
  return ledger.files.every(file => file.unread !== undefined && file.events === 0);
}

/**
 * Something that was asked for was not read, or only in part. A file of unknown type inside a folder or archive
 * (a readme beside the logs) is listed and is no loss; one that was named is.
 */
function isIncomplete(ledger: Ledger, { unread }: Discovery): boolean {
  const harmless = new Set(
    unread
      .filter(({ reason, asked }) => (reason === 'unknown-type' || reason === 'empty') && asked !== true)
      .map(({ path }) => path),
  );
  return ledger.files.some(
    file => isDamaged(file) || (file.unread !== undefined && !harmless.has(file.path)),
  );
}

function reaches(options: HuntOptions, selected: Selected, matches: readonly number[]): boolean {
  if (options.failOn === null) return false;
  const least = levelRank(options.failOn);
  return selected.reported.some(
    (rule, i) => matches[i]! > 0 && selected.hidden[i] !== 1 && levelRank(rule.level) >= least,
  );
}
