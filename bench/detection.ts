/**
 * How well the hunt tells intrusions from daily life: `npm run bench:detection`. Makes drills of each kind, hunts them
 * with the program as it is built, compares with the truth, and prints a line a kind and the totals against the targets.
 * Nothing in detection may be chosen by these figures; frozen kinds are for figures of record only.
 *
 *   npm run bench:detection -- [--seeds N] [--first N] [--kind NAME]… [--frozen] [--renamed N] [--jobs N]
 *                              [--json FILE] [--keep DIR] [--hunt 'WORDS']
 *   npm run bench:detection -- --visibility [--seeds N] [--first N] [--kind NAME]… [--jobs N] [--keep DIR]
 *
 * `--visibility` compares instead what a hunt says it could not see with drills whose sources are taken away.
 * `--renamed`: of how many seeds the same course of things is hunted under other names. `--json` writes every result;
 * `--keep` keeps the drills and what was reported of them. Twenty seeds of the open kinds take a quarter of an hour on two
 * cores. Exit code 1 where a target is missed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { scenarios } from '../src/run/drill/index.ts';
import type { DetectionJob, DetectionResult } from './detection-job.ts';
import { conclusionOf, tableOf, targetsOf } from './detection-table.ts';
import { benchVisibility } from './visibility.ts';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
    kind: { type: 'string', multiple: true, default: [] },
    frozen: { type: 'boolean', default: false },
    renamed: { type: 'string', default: '3' },
    jobs: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    json: { type: 'string' },
    keep: { type: 'string' },
    hunt: { type: 'string', default: '' },
    visibility: { type: 'boolean', default: false },
  },
});

const first = Number(options.first);
const seeds = Number(options.seeds);
const renamed = Number(options.renamed);
const unknown = options.kind.find(name => !scenarios.some(scenario => scenario.name === name));
if (unknown !== undefined) {
  console.error(`bench: there is no drill '${unknown}'`);
  process.exit(2);
}
const kinds = scenarios
  .filter(({ name, state }) =>
    options.kind.length > 0 ? options.kind.includes(name) : options.frozen || state === 'open',
  )
  .map(({ name }) => name);

/** Far from every seed in use. */
const otherNames = 1_000_003;

const keep = options.keep ?? null;
if (keep !== null) mkdirSync(keep, { recursive: true });
if (options.visibility) {
  const which = Array.from({ length: seeds }, (_, i) => first + i);
  const bench = { kinds: options.kind, seeds: which, jobs: Number(options.jobs), keep };
  process.exit(await benchVisibility(bench));
}
const hunt = options.hunt.split(' ').filter(word => word !== '');
const job = (kind: string, seed: number, nameSeed: number | null): DetectionJob => ({
  kind,
  seed,
  nameSeed,
  hunt,
  keep,
});
const jobs = kinds.flatMap(kind =>
  Array.from({ length: seeds }, (_, i) => first + i).flatMap((seed, i) => [
    job(kind, seed, null),
    ...(i < renamed ? [job(kind, seed, seed + otherNames)] : []),
  ]),
);

type Failed = { readonly job: DetectionJob; readonly error: string };

/** Runs all jobs in a few processes; results come in the order of the jobs. */
function runAll(): Promise<readonly (DetectionResult | Failed)[]> {
  const results: (DetectionResult | Failed)[] = new Array(jobs.length);
  let next = 0;
  let done = 0;
  return new Promise((resolve, reject) => {
    if (jobs.length === 0) resolve([]);
    const workers: ChildProcess[] = [];
    const finish = (): void => {
      for (const worker of workers) worker.disconnect();
      resolve(results);
    };
    for (let i = Math.min(Number(options.jobs), jobs.length); i > 0; i--) {
      const worker = fork(fileURLToPath(new URL('./detection-job.js', import.meta.url)));
      workers.push(worker);
      let at = next++;
      worker.on('message', (result: DetectionResult | Failed) => {
        results[at] = result;
        done++;
        if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${jobs.length} drills`);
        if (done === jobs.length) finish();
        else if (next < jobs.length) {
          at = next++;
          worker.send(jobs[at]!);
        }
      });
      worker.on('error', reject);
      worker.on('exit', code => {
        if (done < jobs.length && code !== 0) reject(new Error(`a worker ended with ${code}`));
      });
      worker.send(jobs[at]!);
    }
  });
}

const started = process.hrtime.bigint();
const all = await runAll();
if (process.stderr.isTTY) process.stderr.write('\r');
const isFailed = (result: DetectionResult | Failed): result is Failed => 'error' in result;
const failed = all.filter(isFailed);
const results = all.filter((result): result is DetectionResult => !isFailed(result));
const plain = results.filter(({ job: { nameSeed } }) => nameSeed === null);

if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(all, null, 1)}\n`);
console.log(
  `${plain.length} drills of ${kinds.length} kinds${options.frozen ? ', frozen ones included' : ''}, seeds ${first} to ${first + seeds - 1}, ` +
    `${plain.reduce((sum, { records }) => sum + records, 0).toLocaleString('en-US')} records; ` +
    `${(Number(process.hrtime.bigint() - started) / 1e9).toFixed(0)} s\n`,
);
console.log(tableOf(plain));
console.log();
let missed = failed.length > 0;
for (const [met, text] of targetsOf(plain)) {
  console.log(`${met ? 'met   ' : 'MISSED'}  ${text}`);
  missed ||= !met;
}
const examples = [...new Set(plain.flatMap(({ links }) => links.examples))].slice(0, 8);
for (const example of examples) console.log(`          ${example}`);

const changed = results.flatMap(result => {
  const { kind, seed, nameSeed } = result.job;
  if (nameSeed === null) return [];
  const own = plain.find(other => other.job.kind === kind && other.job.seed === seed);
  if (own === undefined || conclusionOf(own) === conclusionOf(result)) return [];
  return [`${kind} ${seed}: ${conclusionOf(own)} → ${conclusionOf(result)}`];
});
const compared = results.length - plain.length;
console.log(
  `${changed.length === 0 ? 'met   ' : 'MISSED'}  other names change no verdict: ${changed.length} of ${compared} changed`,
);
for (const line of changed.slice(0, 10)) console.log(`          ${line}`);
for (const { job: of, error } of failed) console.log(`failed  ${of.kind} ${of.seed}: ${error}`);
if (missed || changed.length > 0) process.exitCode = 1;
