/**
 * Takes every record of a drill with what is true of it: whether an intruder caused it, something that only looks like
 * one, or daily life. Record numbers are given at the end, when all events of a log are known and in order.
 */
import type { EvtxEvent } from '../../read/sources/index.ts';
import type { Host } from './world/site.ts';

/** An intrusion, or something benign that looks like one; what its story is. */
export type Cause = {
  readonly kind: 'intrusion' | 'lookalike';
  /** Which of its kind. */
  readonly index: number;
  readonly summary: string;
  /** Of a look-alike: why it is none. */
  readonly why: string;
  /** Behaviour that a look-alike resembles. */
  readonly behaviour: string | null;
  /** In order of entry. */
  readonly hosts: Set<string>;
  readonly accounts: Set<string>;
  readonly sources: Set<string>;
};

/** What the truth says of one record. */
export type Note = {
  /** `VT-CA-01`; absent where the record only goes with others. */
  readonly behaviour?: string;
  /** True for the records that show the intrusion to somebody who reads them. */
  readonly core?: boolean;
};

export type WindowsRecord = {
  readonly kind: 'windows';
  readonly host: Host;
  readonly event: EvtxEvent;
  readonly cause: Cause | null;
  readonly note: Note;
  /** Given when all records of a log are known; null = its forwarder keeps none. */
  recordId: number | null;
};

export type EdgeRecord = {
  readonly kind: 'edge';
  readonly time: number;
  readonly text: string;
  readonly cause: Cause | null;
  readonly note: Note;
};

export class Recorder {
  readonly windows: WindowsRecord[] = [];
  readonly edge: EdgeRecord[] = [];
  readonly causes: Cause[] = [];
  /** What is recorded without a cause of its own has this one: set while a whole routine looks like an intruder's. */
  ambient: Cause | null = null;
  readonly #from: number;
  readonly #to: number;
  readonly #cleared: { readonly host: Host; readonly channel: string; readonly time: number }[] = [];

  /** Records outside [from, to) are what the logs have lost or not yet seen. */
  constructor(from: number, to: number) {
    this.#from = from;
    this.#to = to;
  }

  cause(kind: Cause['kind'], summary: string, why = '', behaviour: string | null = null): Cause {
    const index = this.causes.filter(cause => cause.kind === kind).length;
    const cause: Cause = {
      kind,
      index,
      summary,
      why,
      behaviour,
      hosts: new Set(),
      accounts: new Set(),
      sources: new Set(),
    };
    this.causes.push(cause);
    return cause;
  }

  add(host: Host, event: EvtxEvent, cause: Cause | null, note: Note = {}): void {
    if (event.time < this.#from || event.time >= this.#to) return;
    this.windows.push({ kind: 'windows', host, event, cause: cause ?? this.ambient, note, recordId: 0 });
  }

  addLine(time: number, text: string, cause: Cause | null, note: Note = {}): void {
    if (time < this.#from || time >= this.#to) return;
    this.edge.push({ kind: 'edge', time, text, cause: cause ?? this.ambient, note });
  }

  /** The host's log of this channel loses everything before `time`. */
  clear(host: Host, channel: string, time: number): void {
    this.#cleared.push({ host, channel, time });
  }

  get cleared(): readonly { readonly host: Host; readonly channel: string; readonly time: number }[] {
    return this.#cleared;
  }

  /** True where the record is still in its host's log. A forwarder had taken it away before. */
  isKept({ host, event }: WindowsRecord): boolean {
    if (host.logs.format === 'ndjson') return true;
    return !this.#cleared.some(
      cleared => cleared.host === host && cleared.channel === event.channel && event.time < cleared.time,
    );
  }
}
