/**
 * The benchmark: `npm run bench`. Prints MB/s, events/s, peak memory and, with `--peer`, the ratio to any other
 * program on the same files in the same run. Absolute figures are of this machine on this day; ratios travel.
 *
 *   npm run bench -- [--data DIR] [--runs N] [--only WORD] [--big-bytes N] [--peer 'COMMAND {path} {rules}']…
 *
 * `--data` holds dense.evtx, evtx-attack-samples/ and sigma/, security-datasets/ for JSON (default ../shared/data). MB are 10^6 bytes of input
 * as it lies on disk; on sparse logs that flatters, so events/s stand beside. Rules are compiled and cached before
 * anything is timed; the page cache is warm.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hashFile } from '../src/read/inputs/index.ts';
import { repeatedLog } from './big.ts';
import { type CorrelationResult, correlatedHits, correlationStage } from './correlations.ts';
import { writeEventXml } from './event-xml.ts';
import { benchRules, dumpStage, matchStage, readStage, type StageResult } from './in-process.ts';
import { type JudgingResult, judgedLogs, judgingStage, mixes } from './judging.ts';
import { writeLogons } from './logons.ts';
import { type Spread, spread, type Timing, timeProcess } from './process.ts';
import { unpackRecordings } from './recordings.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(root, '../shared/data') },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    'big-bytes': { type: 'string', default: '2059000000' },
    peer: { type: 'string', multiple: true, default: [] },
  },
});

const data = resolve(options.data);
const runs = Number(options.runs);
const dense = join(data, 'dense.evtx');
const rulesDirectory = join(data, 'sigma/rules/windows');
if (!existsSync(dense)) {
  console.error(`bench: no ${dense}; name the folder that holds dense.evtx and sigma/ with --data`);
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'huntaway-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const cache = join(scratch, 'cache');
const huntaway = [process.execPath, join(root, 'bin/huntaway.js')] as const;

const wanted = (name: string): boolean => options.only === undefined || name.includes(options.only);
const number = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

function stageRow(name: string, result: StageResult): void {
  const rate = (seconds: number): string =>
    `${number(result.megabytes / seconds).padStart(6)} MB/s ${number(result.events / seconds).padStart(10)} events/s`;
  console.log(
    `${name.padEnd(44)} ${rate(result.steady.median)}   first pass ${rate(result.cold)}` +
      (result.findings > 0 ? `   ${number(result.findings)} findings` : ''),
  );
}

function correlationRow({ name, all, first, firings }: CorrelationResult): void {
  console.log(
    `${`correlate, ${name}`.padEnd(56)} ${number(all.median, 2).padStart(6)} s (${number(all.min, 2)}–${number(all.max, 2)})` +
      `   first run ${number(first, 2)} s   ${number(firings)} firings`,
  );
}

function processRow(name: string, timing: Timing, megabytes: number): void {
  const { wall, cpu, peak } = timing;
  console.log(
    `${name.padEnd(44)} ${number(wall.median, 2).padStart(6)} s (${number(wall.min, 2)}–${number(wall.max, 2)})` +
      ` ${number(megabytes / wall.median).padStart(6)} MB/s` +
      (cpu === null ? '' : `  cpu ${number(cpu.median, 2)} s`) +
      (peak === null ? '' : `  peak ${number(peak.median)} MB`) +
      (timing.exitCode === 0 ? '' : `  exit ${timing.exitCode}`),
  );
}

function sizeOf(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** One row for us, and one per peer with the ratio of the medians. */
async function whole(name: string, path: string, args: readonly string[], output?: string): Promise<void> {
  if (!wanted(name)) return;
  const megabytes = sizeOf(path) / 1e6;
  const [node, bin] = huntaway;
  const settings = output === undefined ? { runs } : { runs, output };
  const ours = await timeProcess(node, [bin, ...args], settings);
  processRow(name, ours, megabytes);
  for (const peer of options.peer) {
    const command = peer.replaceAll('{path}', `'${path}'`).replaceAll('{rules}', `'${rulesDirectory}'`);
    const theirs = await timeProcess('sh', ['-c', command], settings);
    processRow(`  peer: ${peer.slice(0, 34)}`, theirs, megabytes);
    console.log(`  ratio peer / huntaway: ${number(theirs.wall.median / ours.wall.median, 2)}`);
  }
}

function judgingRow(name: string, workers: string, { bytes, findings, plain, judged }: JudgingResult): void {
  const of = `${number(findings)} findings, ${workers} worker${workers === '1' ? '' : 's'}`;
  console.log(`${name}, ${number(bytes / 1e6)} MB, ${of}`);
  processRow('  plain hunt', plain, bytes / 1e6);
  processRow('  with advisory, facts and judgement', judged, bytes / 1e6);
  const ratio = (pick: (timing: Timing) => Spread | null): string => {
    const [whole, part] = [pick(judged), pick(plain)];
    return whole === null || part === null ? '?' : number(whole.median / part.median, 2);
  };
  const more = (judged.peak?.median ?? Number.NaN) - (plain.peak?.median ?? Number.NaN);
  console.log(
    `  ratio of medians: wall ${ratio(({ wall }) => wall)}, cpu ${ratio(({ cpu }) => cpu)}; peak ${number(more)} MB more`,
  );
}

/**
 * Recorded attacks as flat JSON, one event a line, against all rules for Windows. The recordings are zipped; they are
 * unpacked into one file, because what is measured is reading text.
 */
async function jsonRows(): Promise<void> {
  const recordings = join(data, 'security-datasets');
  if (!existsSync(recordings)) return;
  const path = join(scratch, 'recordings.ndjson');
  await unpackRecordings(recordings, path);
  const directories = ['rules', 'rules-emerging-threats', 'rules-threat-hunting'].map(name =>
    join(data, 'sigma', name),
  );
  const all = await benchRules(directories.filter(existsSync), cache);
  const windows = all.filter(({ logSource }) => logSource.product === 'windows');
  stageRow('JSON lines: read, one thread, in process', readStage(path, 12, 'ndjson'));
  stageRow(
    `JSON lines: match, ${number(windows.length)} rules, one thread`,
    matchStage(path, windows, 12, 'ndjson'),
  );
}

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${number(totalmem() / 2 ** 30)} GiB; ` +
    `median of ${runs} runs after one warm-up\n`,
);

const rules = await benchRules([rulesDirectory], cache);
console.log(`${number(rules.length)} rules of ${rulesDirectory}\n`);

if (wanted('read')) stageRow('read, one thread, in process', readStage(dense, 12));
if (wanted('match')) stageRow('match, one thread, in process', matchStage(dense, rules, 12));
if (wanted('match xml')) {
  const log = join(scratch, 'dense.xml');
  writeEventXml(dense, log);
  stageRow('match xml, one thread, in process', matchStage(log, rules, 12, 'xml'));
}
if (wanted('dump')) stageRow('dump, one thread, in process', dumpStage(dense, 12));
if (wanted('json')) await jsonRows();
if (wanted('hash')) {
  const seconds: number[] = [];
  for (let i = 0; i < runs; i++) {
    const started = process.hrtime.bigint();
    await hashFile(dense);
    seconds.push(Number(process.hrtime.bigint() - started) / 1e9);
  }
  console.log(
    `${'SHA-256 of the input'.padEnd(44)} ${number(sizeOf(dense) / 1e6 / spread(seconds).median)} MB/s`,
  );
}

if (wanted('correlate')) {
  console.log(`\n${number(correlatedHits)} hits of base rules, in process`);
  for (const result of correlationStage(runs)) correlationRow(result);
  console.log();
}

if (wanted('a million findings')) {
  const { log, plain, correlated } = writeLogons(scratch);
  const over = (rules: string): string[] => ['hunt', log, '--rules', rules, '--cache-dir', cache, '--quiet'];
  const table = ['--format', 'table', '--workers', '1'];
  await whole('a million findings, not correlated', log, [...over(plain), ...table]);
  await whole('a million findings, correlated', log, [...over(correlated), ...table]);
}

const hunt = (path: string, ...rest: string[]): string[] => [
  'hunt',
  path,
  '--rules',
  rulesDirectory,
  '--cache-dir',
  cache,
  '--quiet',
  ...rest,
];
const samples = join(data, 'evtx-attack-samples');
const small = readdirSync(samples, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => join(entry.parentPath, entry.name))
  .filter(path => statSync(path).size === 69_632)
  .sort()[0];
if (small !== undefined) await whole('one 69 KB file', small, hunt(small, '--format', 'table'));
await whole('attack samples, 277 files', samples, hunt(samples, '--format', 'table'));
await whole('dense, 31 MB', dense, hunt(dense, '--format', 'table'));
await whole('dump, 31 MB', dense, ['dump', dense, '--quiet']);

const bigBytes = Number(options['big-bytes']);
if (wanted('2 GB') && bigBytes > 0) {
  const big = repeatedLog(dense, bigBytes, tmpdir());
  await whole('2 GB, two workers, table', big, hunt(big, '--workers', '2', '--format', 'table'));
  await whole('2 GB, one worker, table', big, hunt(big, '--workers', '1', '--format', 'table'));
  await whole('dump, 2 GB', big, ['dump', big, '--quiet']);
  const lines = join(scratch, 'findings.jsonl');
  await whole('2 GB, one worker, JSON lines', big, hunt(big, '--workers', '1', '--format', 'jsonl'), lines);
}
if (wanted('judging') && bigBytes > 0) {
  const recordings = async (): Promise<string> => {
    const path = join(scratch, 'recordings.ndjson');
    await unpackRecordings(join(data, 'security-datasets'), path);
    return path;
  };
  for (const mix of mixes) {
    // The dense mix is as heavy in a third of the size.
    const bytes = mix === 'site' ? bigBytes : bigBytes / 3;
    const logs = await judgedLogs(mix, bytes, { program: huntaway, dense, recordings, directory: tmpdir() });
    for (const workers of ['2', '1']) {
      const [node, bin] = huntaway;
      const plainHunt = [node, bin, ...hunt(logs, '--workers', workers, '--format', 'table')] as const;
      const result = await judgingStage(logs, plainHunt, runs);
      judgingRow(`judging, ${mix}`, workers, result);
    }
  }
}
