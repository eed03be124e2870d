/** Where findings and records of a hunt go: standard output and the folder given with `--out`. */
import { resolve } from 'node:path';
import type { Judgement, Visibility } from '../../judge/index.ts';
import type { Advisory } from '../../know/advisories/index.ts';
import type { RuleSet } from '../../know/rulesets/index.ts';
import { HostNames } from '../../read/entities/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import { hashFile, type Input } from '../../read/inputs/index.ts';
import {
  ByteWriter,
  comparisonText,
  type FindingFormat,
  findingFormats,
  intrusionsText,
  type LookAnswer,
  lookText,
  navigatorText,
  renderComparison,
  renderFirst,
  renderIntrusions,
  renderLook,
  renderRest,
  renderTable,
  renderUnfolded,
  stixText,
  type TableOptions,
  visibilityText,
} from '../../tell/index.ts';
import { BrokenPipe, type Io } from '../io.ts';
import type { Selected } from '../selection.ts';
import { groupsBeside } from './beside.ts';
import type { Collected } from './collector.ts';
import type { InputHashes } from './hashes.ts';
import type { Judged } from './judging.ts';
import { type Ledger, ledgerText } from './ledger.ts';
import { eachLines } from './lines.ts';
import type { Merged } from './merged.ts';
import type { HuntOptions } from './options.ts';
import type { OutFile, OutFolder } from './out-folder.ts';
import type { PackRecord } from './packs.ts';
import { pageText } from './page.ts';
import type { People } from './people.ts';
import { isStream } from './plan.ts';
import { type Circumstances, runText } from './run-record.ts';

const FINDINGS = 'findings.jsonl';
const RUN = 'run.json';
const LOOK = 'look.json';
const LEDGER = 'ledger.json';

/** Files made of what is known at the end of a hunt, in the order in which they are written: name and text. */
const outputs: readonly (readonly [name: string, text: (parts: RecordParts) => string | null])[] = [
  [
    'intrusions.json',
    ({ answer, judgement, inputs, judged }) =>
      answer !== null
        ? null
        : intrusionsText(
            judgement,
            inputs.map(({ path }) => path),
            judged?.reach ?? null,
          ),
  ],
  [LOOK, ({ answer }) => (answer === null ? null : lookText(answer, null))],
  ['visibility.json', ({ answer, visibility }) => (answer !== null ? null : visibilityText(visibility))],
  ['navigator.json', layerText],
  ['bundle.stix.json', bundleText],
  ['report.html', parts => (parts.judged === null ? null : pageText(parts, parts.judged))],
  [
    'comparison.json',
    ({ people: { comparison } }) =>
      comparison === null ? null : comparisonText(comparison.comparison, comparison.before),
  ],
  [LEDGER, ({ ledger }) => ledgerText(ledger)],
];

/** Nothing is laid out of a hunt without a pack: it names no techniques to be seen. */
function layerText({ judged, advisories, ended }: RecordParts): string | null {
  return judged === null ? null : navigatorText(advisories, judged.visibility, ended * 1000);
}

function bundleText({ judged, advisories, people, options, ended }: RecordParts): string | null {
  if (judged === null) return null;
  const { judgement, reach, visibility } = judged;
  const { intrusions } = judgement;
  const { cases } = people;
  return stixText({
    advisories,
    intrusions,
    cases,
    reach,
    visibility,
    operator: options.operator,
    ended: ended * 1000,
  });
}

/** Of a hunt that judges, and of one that looks for what was named. */
export const outputNames: readonly string[] = [
  FINDINGS,
  ...outputs.map(([name]) => name).filter(name => name !== LOOK),
  RUN,
];
export const lookOutputNames: readonly string[] = [FINDINGS, LOOK, LEDGER, RUN];

/** Takes whole lines of findings; `end` once after the last. */
type Consumer = { lines(bytes: Uint8Array): void; end(): void };

/**
 * Prints the findings in the format asked for and writes them to the folder, in one pass. Returns the file
 * written, and whether the reader of standard output went away (then only the folder is completed).
 */
export function printFindings(
  options: HuntOptions,
  io: Io,
  out: OutFolder | null,
  merged: Merged,
  { reported, hidden }: Selected,
  judged: Judged | null,
  people: People,
  answer: LookAnswer | null,
): { readonly file: OutFile | null; readonly broken: boolean } {
  const writer = out?.create(FINDINGS) ?? null;
  const printed = new Fragile(options.format === 'table' ? null : formatTo(io.stdout, options.format));
  if (options.format === 'table') {
    printed.attempt(() => {
      const shown = merged.groups.filter(({ rule }) => hidden[rule] !== 1);
      const options = { width: io.stdout.columns, color: io.stdout.color };
      const text =
        answer !== null
          ? renderLook(answer, null, options) + renderTable(besideTerms(shown, answer), reported, options)
          : judged === null
            ? renderTable(shown, reported, options)
            : renderStories(judged, people, groupsBeside(shown, judged), reported, options);
      io.stdout.write(Buffer.from(text));
    });
  }
  if (writer !== null || options.format !== 'table') {
    eachLines(merged.lines, lines => {
      printed.lines(lines);
      writer?.write(lines);
      return writer !== null || !printed.broken;
    });
  }
  printed.end();
  return { file: writer?.finish() ?? null, broken: printed.broken };
}

/** The first lines, the stories, what the first lines unfold into, and what belongs to no story. */
function renderStories(
  judged: Judged,
  people: People,
  beside: ReturnType<typeof groupsBeside>,
  reported: Selected['reported'],
  options: TableOptions,
): string {
  const { judgement, gathered, reach, span, visibility } = judged;
  const first = {
    judgement,
    reach,
    visibility,
    cases: people.cases,
    hosts: hostCount(gathered.hosts),
    span,
    others: beside.reduce((sum, { count }) => sum + count, 0),
  };
  const { comparison } = people;
  return [
    renderFirst(first, options),
    '\n',
    comparison === null ? '' : renderComparison(comparison.comparison, comparison.before, options),
    renderIntrusions(judgement, options),
    renderUnfolded(first, options),
    renderRest(beside, reported, options),
  ].join('');
}

function hostCount(written: readonly string[]): number {
  const names = new HostNames(written);
  return new Set(written.map(host => names.canonical(host))).size;
}

/** What rules found that were named beside the terms, whose rules come first. */
function besideTerms(groups: Merged['groups'], { rules }: LookAnswer): Merged['groups'] {
  return groups.filter(({ rule }) => rule >= rules);
}

function formatTo(target: { write(bytes: Uint8Array): void }, format: FindingFormat): Consumer {
  // The common case needs no copy: lines are the format.
  if (format === 'jsonl') return { lines: bytes => target.write(bytes), end() {} };
  const formatter = findingFormats[format].create();
  const bytes = new ByteWriter();
  const pass = (write: () => void): void => {
    write();
    target.write(bytes.take());
    bytes.reset();
  };
  let begun = false;
  const begin = (): void => {
    if (!begun) formatter.header(bytes);
    begun = true;
  };
  return {
    lines: lines =>
      pass(() => {
        begin();
        formatter.lines(bytes, lines);
      }),
    end: () =>
      pass(() => {
        begin();
        formatter.footer(bytes);
      }),
  };
}

/** A consumer that falls silent when its reader goes away. */
class Fragile implements Consumer {
  readonly #consumer: Consumer | null;
  broken = false;

  constructor(consumer: Consumer | null) {
    this.#consumer = consumer;
  }

  attempt(write: () => void): void {
    if (this.broken) return;
    try {
      write();
    } catch (error) {
      if (!(error instanceof BrokenPipe)) throw error;
      this.broken = true;
    }
  }

  lines(bytes: Uint8Array): void {
    this.attempt(() => this.#consumer?.lines(bytes));
  }

  end(): void {
    this.attempt(() => this.#consumer?.end());
  }
}

export type RecordParts = {
  readonly options: HuntOptions;
  readonly circumstances: Circumstances;
  readonly started: number;
  readonly ended: number;
  readonly exitCode: number;
  readonly workers: number;
  readonly set: RuleSet;
  readonly rulePaths: readonly string[];
  readonly packs: readonly PackRecord[];
  readonly ledger: Ledger;
  readonly hashes: InputHashes;
  readonly merged: Merged;
  readonly judgement: Judgement;
  readonly visibility: Visibility;
  /** Null where nothing was judged. */
  readonly judged: Judged | null;
  readonly people: People;
  readonly advisories: readonly Advisory[];
  readonly selected: Selected;
  readonly collected: readonly Collected[];
  /** Where something was looked for: then nothing was judged. */
  readonly answer: LookAnswer | null;
  readonly findings: number;
  readonly inputs: readonly Input[];
};

/** Writes the outputs, then the record of the run, which holds the hashes of all the others. Returns the record. */
export async function writeRecords(
  out: OutFolder,
  findingsFile: OutFile | null,
  parts: RecordParts,
): Promise<OutFile> {
  const { options, merged, set } = parts;
  const written = outputs.flatMap(([name, text]) => {
    const content = text(parts);
    return content === null ? [] : [out.write(name, content)];
  });
  const optionFiles = await optionHashes(options);
  return out.write(
    RUN,
    runText({
      circumstances: parts.circumstances,
      started: parts.started,
      ended: parts.ended,
      exitCode: parts.exitCode,
      operator: options.operator,
      asOf: options.asOf === null ? null : formatMicros(options.asOf),
      given: options.given,
      optionFiles,
      workers: parts.workers,
      rules: { paths: parts.rulePaths, documents: set.documents.length, sha256: set.sha256 || null },
      advisories: parts.packs,
      ledger: parts.ledger,
      containers: containersOf(parts.inputs, parts.hashes),
      outputs: [...(findingsFile === null ? [] : [findingsFile]), ...written],
      counts: {
        events: merged.events,
        findings: parts.findings,
        duplicates: merged.duplicates,
        salvaged: merged.salvaged,
        outsideTimeRange: merged.outside,
        withoutTime: merged.timeless,
        withoutTimeZone: merged.zoneless,
      },
    }),
  );
}

/** Of files that options name. A memory is not among them: the hunt itself writes it. */
async function optionHashes({ placeholders, site, accounts }: HuntOptions): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [name, path] of Object.entries({ placeholders, site, accounts })) {
    if (path !== null) hashes[name] = await hashFile(path);
  }
  return hashes;
}

function containersOf(
  inputs: readonly Input[],
  hashes: InputHashes,
): { path: string; sha256: string | null }[] {
  const paths = new Map<string, string>();
  for (const input of inputs) {
    if (input.file !== null && isStream(input)) paths.set(input.file, containerPath(input.path, input.file));
  }
  return [...paths].map(([file, path]) => ({ path, sha256: hashes.containers.get(file) ?? null }));
}

/** The archive's part of a member's path. A folder may end in `!` as well, so the file that is opened decides. */
function containerPath(path: string, file: string): string {
  for (let mark = path.indexOf('!/'); mark >= 0; mark = path.indexOf('!/', mark + 1)) {
    const before = path.slice(0, mark);
    if (resolve(before) === resolve(file)) return before;
  }
  return path.split('!/')[0]!;
}
