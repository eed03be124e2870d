/**
 * The conductor of a hunt: prepare, read everything once, judge, tell, record. It decides when and where; what is found is
 * `match/`'s business, what it amounts to is `judge/`'s, and what is said is `tell/`'s.
 */
import { type Judgement, stateVisibility, type Visibility } from '../../judge/index.ts';
import { ArchiveStore } from '../../read/inputs/index.ts';
import { type LookAnswer, plain } from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { saveMemory } from '../memory/index.ts';
import { defaultPack } from '../packs.ts';
import { Progress } from '../progress.ts';
import { type Account, accountOf } from './account.ts';
import { tellCollections } from './collections.ts';
import { coverageOf } from './coverage.ts';
import type { WantedEvidence } from './facts/index.ts';
import { evidenceWanted, type Judged, judgeParts } from './judging.ts';
import type { Ledger } from './ledger.ts';
import { countLedger } from './ledger-counts.ts';
import { lookAnswer, readLooking } from './look.ts';
import type { HuntOptions } from './options.ts';
import { OutFolder } from './out-folder.ts';
import { lookOutputNames, outputNames, printFindings, writeRecords } from './output.ts';
import { type People, peopleOf } from './people.ts';
import { type Prepared, prepare } from './prepare.ts';
import { type Read, readAll } from './read-all.ts';
import { remark, tellEnd, tellLook, tellRecord } from './remarks.ts';
import type { Circumstances } from './run-record.ts';
import { SpoolFolder } from './spool.ts';

export type HuntOutcome = {
  readonly exitCode: number;
  readonly events: number;
  readonly findings: number;
};

export async function hunt(options: HuntOptions, io: Io, circumstances: Circumstances): Promise<HuntOutcome> {
  const started = io.now();
  const out = options.out === null ? null : new OutFolder(options.out, outputNamesOf(options), options.force);
  const spools = new SpoolFolder(options.spoolDirectory);
  const store = new ArchiveStore();
  const progress = new Progress(io.stderr);
  try {
    const ready = await unlessAborted(prepare(options, io, out, progress, store), io.signal);
    if (ready === null) {
      progress.end();
      remark(io, 'huntaway: interrupted before anything was read\n');
      return { exitCode: exitCodes.interrupted, events: 0, findings: 0 };
    }
    const wanted = isJudged(options) ? evidenceWanted(ready.selected, ready.packs) : null;
    const readOnce = (prepared: Prepared): Promise<Read> =>
      readAll(prepared, options, io, spools, progress, wanted);
    const looked = await readLooking(ready, readOnce, () => io.signal.aborted);
    const { prepared, read } = looked;
    const { selected } = prepared;
    const run: Run = { options, io, started, prepared, read };
    const account = accountOf(prepared, read, options, io.signal.aborted);
    const judged = judgeRun(run, wanted, progress);
    progress.end();
    const answer =
      options.look === null
        ? null
        : lookAnswer(
            { look: options.look, looked, ledger: account.ledger, interrupted: account.interrupted },
            options.format === 'table',
          );
    const people = peopleIn(run, judged);
    const printed = printFindings(options, io, out, read.merged, selected, judged, people, answer);
    const ended = io.now();
    if (answer !== null && options.format !== 'table') tellLook(io, answer);
    tellRun(run, account, judged, ended);
    if (!account.interrupted) keepMemory(run, judged);
    const findings = sum(account.matches.filter((_, i) => selected.hidden[i] !== 1));
    if (out !== null)
      await recordRun(run, account, { out, printed, judged, people, answer, circumstances, ended, findings });
    return {
      exitCode: printed.broken && !account.interrupted ? exitCodes.finished : account.code,
      events: read.merged.events,
      findings,
    };
  } finally {
    progress.end();
    out?.discard();
    spools.close();
    store.dispose();
  }
}

/** One hunt, from when all was read. */
type Run = {
  readonly options: HuntOptions;
  readonly io: Io;
  /** Milliseconds. */
  readonly started: number;
  readonly prepared: Prepared;
  readonly read: Read;
};

function outputNamesOf({ look }: HuntOptions): readonly string[] {
  return look === null ? outputNames : lookOutputNames;
}

/** Where a judgement would be told or kept: not where findings alone go down a pipe, nor where one question is answered. */
function isJudged({ format, out, memory, look }: HuntOptions): boolean {
  return look === null && (format === 'table' || out !== null || memory !== null);
}

/** Null where nothing is to be judged. */
function judgeRun(
  { options, started, prepared, read }: Run,
  wanted: WantedEvidence | null,
  progress: Progress,
): Judged | null {
  // Judging keeps this thread busy, so the line is written now.
  progress.show(() => 'linking what was found');
  if (wanted === null) return null;
  progress.tick();
  const { selected, packs, knowledge, discovery } = prepared;
  return judgeParts({
    ...read,
    wanted,
    selected,
    packs,
    knowledge,
    inputs: discovery.inputs,
    now: options.asOf ?? started * 1000,
    latest: Math.max(options.asOf ?? 0, started * 1000),
  });
}

function peopleIn({ options, started, prepared: { knowledge } }: Run, judged: Judged | null): People {
  if (judged === null) return { cases: [], comparison: null };
  return peopleOf(judged.judgement, judged.visibility, knowledge, options.asOf ?? started * 1000);
}

/** What is said at the end on standard error. */
function tellRun(
  { options, io, started, prepared, read }: Run,
  { ledger, matches, interrupted }: Account,
  judged: Judged | null,
  ended: number,
): void {
  const { selected, collections } = prepared;
  tellCollections(io, ledger, collections);
  tellEnd({
    io,
    merged: read.merged,
    selected,
    matches,
    ledger,
    counts: countLedger(ledger),
    interrupted,
    bytes: interrupted ? read.bytes : bytesOf(ledger),
    seconds: (ended - started) / 1000,
    timeZone: options.timeZone,
  });
  if (judged === null && options.look === null && options.format === 'table' && selected.rules.length > 0) {
    remark(io, `huntaway: ${noStories}, such as --advisory ${defaultPack}\n`);
  }
}

function bytesOf({ files }: Ledger): number {
  return files.reduce((total, { type, size }) => total + (type === null ? 0 : (size ?? 0)), 0);
}

function keepMemory({ io, prepared: { knowledge } }: Run, judged: Judged | null): void {
  if (judged?.judgement.memory == null || knowledge.memory === null) return;
  for (const note of saveMemory(knowledge.memory, judged.judgement.memory)) {
    remark(io, `huntaway: ${plain(note)}\n`);
  }
}

type Ending = {
  readonly out: OutFolder;
  readonly printed: ReturnType<typeof printFindings>;
  readonly judged: Judged | null;
  readonly people: People;
  readonly answer: LookAnswer | null;
  readonly circumstances: Circumstances;
  readonly ended: number;
  readonly findings: number;
};

async function recordRun(
  run: Run,
  { ledger, code }: Account,
  { out, printed, judged, people, answer, circumstances, ended, findings }: Ending,
): Promise<void> {
  const { options, io, started, prepared, read } = run;
  const { set, rulePaths, packs, selected, discovery } = prepared;
  const { merged, hashes, workers } = read;
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
    visibility: judged?.visibility ?? unlooked(run),
    judged,
    people,
    advisories: packs.advisories,
    selected,
    collected: read.collected,
    answer,
    findings,
    inputs: discovery.inputs,
  });
  tellRecord(io, out.path, record);
}

const noStories = 'rules without an advisory give findings, not stories: name a pack with --advisory';

/** Of a hunt without a pack: nothing says what a story is. */
const unjudged: Judgement = { intrusions: [], suppressed: [], memory: null, notes: [noStories] };

/** Hosts and the days of their logs; without a pack nothing says what would have had to show. */
function unlooked({ options, started, prepared, read }: Run): Visibility {
  return stateVisibility({
    advisories: [],
    coverage: coverageOf(read.collected, Math.max(options.asOf ?? 0, started * 1000)),
    judgement: unjudged,
    mentioned: [],
    site: prepared.knowledge.site,
  });
}

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
