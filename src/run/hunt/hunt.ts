/**
 * The conductor of a hunt: prepare, read everything once, judge, tell, record. It decides when and where; what is found is
 * `match/`'s business, what it amounts to is `judge/`'s, and what is said is `tell/`'s.
 */
import type { Judgement } from '../../judge/index.ts';
import { ArchiveStore, type Discovery } from '../../read/inputs/index.ts';
import { plain } from '../../tell/index.ts';
import { exitCode, exitCodes } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { saveMemory } from '../memory/index.ts';
import { Progress } from '../progress.ts';
import { levelRank, type Selected } from '../selection.ts';
import { tellCollections, withCollections } from './collections.ts';
import { evidenceWanted, judgeParts } from './judging.ts';
import { buildLedger, isDamaged, type Ledger } from './ledger.ts';
import { countLedger } from './ledger-counts.ts';
import { matchesByRule } from './ledger-rules.ts';
import type { HuntOptions } from './options.ts';
import { OutFolder } from './out-folder.ts';
import { outputNames, printFindings, writeRecords } from './output.ts';
import { prepare } from './prepare.ts';
import { readAll } from './read-all.ts';
import { remark, tellEnd, tellRecord } from './remarks.ts';
import type { Circumstances } from './run-record.ts';
import { SpoolFolder } from './spool.ts';

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
    const { set, rulePaths, packs, knowledge, selected, discovery, collections } = prepared;
    const wanted = isJudged(options) ? evidenceWanted(selected, packs) : null;
    const read = await readAll(prepared, options, io, spools, progress, wanted);
    const { merged, hashes, workers, pieces, bytes } = read;
    const outcomes = read.correlated?.outcomes ?? [];
    const interrupted = io.signal.aborted;
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
    // Judging keeps this thread busy, so the line is written now.
    progress.show(() => 'linking what was found');
    if (wanted !== null) progress.tick();
    const judged =
      wanted === null
        ? null
        : judgeParts({
            ...read,
            wanted,
            selected,
            packs,
            knowledge,
            inputs: discovery.inputs,
            now: options.asOf ?? started * 1000,
            latest: Math.max(options.asOf ?? 0, started * 1000),
          });
    progress.end();
    const printed = printFindings(options, io, out, merged, selected, judged);
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
    if (judged?.judgement.memory != null && knowledge.memory !== null && !interrupted) {
      for (const note of saveMemory(knowledge.memory, judged.judgement.memory))
        remark(io, `huntaway: ${plain(note)}\n`);
    }
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
        judgement: judged?.judgement ?? unjudged,
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

/** Where a judgement would be told or kept: not where findings alone go down a pipe. */
function isJudged({ format, out, memory }: HuntOptions): boolean {
  return format === 'table' || out !== null || memory !== null;
}

/** Of a hunt without a pack: nothing says what a story is. */
const unjudged: Judgement = {
  intrusions: [],
  suppressed: [],
  memory: null,
  notes: ['rules without an advisory give findings, not stories: name a pack with --advisory'],
};

/** What `work` gives, or null where the signal comes first (it may wait for input that never comes). */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
    work.then(resolve, reject);
  });
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
