/**
 * What a hunt reported, read from `intrusions.json` as far as a score asks. The file may come from another version or
 * another program, so everything is checked and what is wrong is named.
 */
import { parseTime } from '../../../read/events/index.ts';
import { CannotRun } from '../../io.ts';

export type ReportedEvidence = {
  readonly id: string;
  readonly host: string;
  readonly channel: string;
  readonly recordId: number | null;
  readonly micros: number;
  readonly file: string;
  readonly behaviour: string | null;
};

export type ReportedLink = { readonly from: string; readonly to: string; readonly reason: string };

export type ReportedIntrusion = {
  readonly id: string;
  readonly verdict: 'intrusion' | 'suspected' | 'lead';
  readonly evidence: readonly ReportedEvidence[];
  readonly links: readonly ReportedLink[];
};

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

  evidence(value: unknown, at: string): ReportedEvidence {
    const of = this.object(value, at);
    const time = this.text(of['time'], `${at}.time`);
    const { recordId, behaviour } = of;
    if (recordId !== null && typeof recordId !== 'number') this.fail(`${at}.recordId`, 'is no number');
    return {
      id: this.text(of['id'], `${at}.id`),
      host: this.text(of['host'], `${at}.host`),
      channel: this.text(of['channel'], `${at}.channel`),
      recordId: recordId as number | null,
      micros: parseTime(time) ?? this.fail(`${at}.time`, 'is no time'),
      file: typeof of['file'] === 'string' ? of['file'] : '',
      behaviour: typeof behaviour === 'string' ? behaviour : null,
    };
  }

  link(value: unknown, at: string): ReportedLink {
    const of = this.object(value, at);
    return {
      from: this.text(of['from'], `${at}.from`),
      to: this.text(of['to'], `${at}.to`),
      reason: this.text(of['reason'], `${at}.reason`),
    };
  }

  intrusion(value: unknown, at: string): ReportedIntrusion {
    const of = this.object(value, at);
    const { verdict } = of;
    if (verdict !== 'intrusion' && verdict !== 'suspected' && verdict !== 'lead') {
      this.fail(`${at}.verdict`, 'is none of intrusion, suspected, lead');
    }
    return {
      id: this.text(of['id'], `${at}.id`),
      verdict,
      evidence: this.list(of['evidence'], `${at}.evidence`).map((each, i) =>
        this.evidence(each, `${at}.evidence[${i}]`),
      ),
      links: this.list(of['links'], `${at}.links`).map((each, i) => this.link(each, `${at}.links[${i}]`)),
    };
  }
}

/** `path` is where the text came from, for messages. Throws `CannotRun`. */
export function parseReported(text: string, path: string): readonly ReportedIntrusion[] {
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

/** The truth of a drill, checked as far as a score asks. Throws `CannotRun`. */
export function parseTruth(text: string, path: string): import('../truth.ts').Truth {
  const wrong = (): never => {
    throw new CannotRun(`${path} is no truth of a drill`);
  };
  try {
    const truth = JSON.parse(text);
    const whole =
      truth?.version === 1 &&
      typeof truth.kind === 'string' &&
      Array.isArray(truth.intrusions) &&
      truth.intrusions.every((each: { evidence?: unknown }) => Array.isArray(each?.evidence));
    return whole ? truth : wrong();
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    return wrong();
  }
}
