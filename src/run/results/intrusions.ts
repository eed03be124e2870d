/**
 * What a former hunt wrote in `intrusions.json`, as far as anybody here asks. The file may come from another version or
 * another program, so everything is checked and what is wrong is named.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseSubject, type Verdict, verdicts } from '../../judge/index.ts';
import { NO_TIME, parseTime } from '../../read/events/index.ts';
import { plain } from '../../tell/index.ts';
import { CannotRun } from '../io.ts';

export type PastEvidence = {
  readonly id: string;
  readonly host: string;
  readonly channel: string;
  readonly recordId: number | null;
  /** `NO_TIME` where the event says none. */
  readonly micros: number;
  readonly file: string;
  readonly behaviour: string | null;
  /** Null where it names none, or another version wrote it. */
  readonly account?: string | null;
};

export type PastLink = { readonly from: string; readonly to: string; readonly reason: string };

export type PastIntrusion = Omit<CaseSubject, 'evidence'> & {
  readonly verdict: Verdict;
  readonly evidence: readonly PastEvidence[];
  readonly links: readonly PastLink[];
  readonly settle: readonly string[];
  readonly accounts: readonly string[];
  readonly hosts: readonly string[];
  readonly sources: readonly string[];
};

/** What a score of a drill asks. */
export type PastStory = Pick<PastIntrusion, 'id' | 'verdict' | 'evidence' | 'links'>;

export const INTRUSIONS_FILE = 'intrusions.json';
/** Of a file: some hundred bytes for each of a million pieces of evidence. */
const MOST_BYTES = 1 << 30;

/** The intrusions of a hunt: `path` is intrusions.json or the folder that holds it. Throws `CannotRun`. */
export function readIntrusions(path: string): readonly PastIntrusion[] {
  const [file, text] = readText(path);
  return parseIntrusions(text, file);
}

function readText(path: string): [string, string] {
  try {
    const file = statSync(path).isDirectory() ? join(path, INTRUSIONS_FILE) : path;
    const { size } = statSync(file);
    if (size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES >> 20} MiB`);
    return [plain(file), readFileSync(file, 'utf8')];
  } catch (error) {
    throw new CannotRun(
      `${plain(path)}: ${plain((error as Error).message)}; name the folder that 'huntaway hunt --out' wrote`,
      error,
    );
  }
}

/** `path` is where the text came from, for messages. Throws `CannotRun`. */
export function parseIntrusions(text: string, path: string): readonly PastIntrusion[] {
  const reader = new Reader(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return reader.fail('it', 'is not JSON');
  }
  const root = reader.object(json, 'it');
  if (root['version'] !== 1) reader.fail('version', 'is not 1');
  return reader
    .list(root['intrusions'], 'intrusions')
    .map((each, i) => reader.intrusion(each, `intrusions[${i}]`));
}

type Json = Readonly<Record<string, unknown>>;

/** Reads the value of a key, or throws with the place where it is wrong. */
class Reader {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  fail(at: string, what: string): never {
    throw new CannotRun(`${this.#path} is no intrusions.json: ${at} ${what}`);
  }

  object(value: unknown, at: string): Json {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail(at, 'is no object');
    return value as Json;
  }

  list(value: unknown, at: string): readonly unknown[] {
    return Array.isArray(value) ? value : this.fail(at, 'is no array');
  }

  text(value: unknown, at: string): string {
    return typeof value === 'string' ? value : this.fail(at, 'is no text');
  }

  /** Of files that other programs wrote some of these are missing. */
  texts(value: unknown, at: string): readonly string[] {
    if (value === undefined) return [];
    return this.list(value, at).map((each, i) => this.text(each, `${at}[${i}]`));
  }

  evidence(value: unknown, at: string): PastEvidence {
    const of = this.object(value, at);
    const { recordId, behaviour, account, time } = of;
    if (recordId !== null && typeof recordId !== 'number') this.fail(`${at}.recordId`, 'is no number');
    return {
      id: this.text(of['id'], `${at}.id`),
      host: this.text(of['host'], `${at}.host`),
      channel: this.text(of['channel'], `${at}.channel`),
      recordId: recordId as number | null,
      micros:
        time === null
          ? NO_TIME
          : (parseTime(this.text(time, `${at}.time`)) ?? this.fail(`${at}.time`, 'is no time')),
      file: typeof of['file'] === 'string' ? of['file'] : '',
      behaviour: typeof behaviour === 'string' ? behaviour : null,
      account: typeof account === 'string' ? account : null,
    };
  }

  link(value: unknown, at: string): PastLink {
    const of = this.object(value, at);
    return {
      from: this.text(of['from'], `${at}.from`),
      to: this.text(of['to'], `${at}.to`),
      reason: this.text(of['reason'], `${at}.reason`),
    };
  }

  verdict(value: unknown, at: string): Verdict {
    const verdict = verdicts.find(word => word === value);
    return verdict ?? this.fail(at, `is none of ${verdicts.join(', ')}`);
  }

  intrusion(value: unknown, at: string): PastIntrusion {
    const of = this.object(value, at);
    return {
      id: this.text(of['id'], `${at}.id`),
      verdict: this.verdict(of['verdict'], `${at}.verdict`),
      summary: typeof of['summary'] === 'string' ? of['summary'] : '',
      settle: this.texts(of['settle'], `${at}.settle`),
      hosts: this.texts(of['hosts'], `${at}.hosts`),
      accounts: this.texts(of['accounts'], `${at}.accounts`),
      sources: this.texts(of['sources'], `${at}.sources`),
      evidence: this.list(of['evidence'], `${at}.evidence`).map((each, i) =>
        this.evidence(each, `${at}.evidence[${i}]`),
      ),
      links: this.list(of['links'], `${at}.links`).map((each, i) => this.link(each, `${at}.links[${i}]`)),
    };
  }
}
