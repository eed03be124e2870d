/**
 * Writes findings as JSON lines. A line is bytes of the event and bytes of the rule in turn: those of a rule are
 * made once, those of an event once for all rules that it matched, so a line is a handful of copies and no object.
 *
 *     event   {"@timestamp":"…","message":"
 *     rule    title
 *     event   on HOST: what was seen",
 *     rule    "rule":{…},"event":{"code":
 *     event   "4688","provider":"…","severity":
 *     rule    73},
 *     event   "host":…,"user":…,"process":…,"winlog":…,"log":…,
 *     rule    "threat":…,"huntaway":{…
 *     event   }}
 */
import type { Rule } from '../../know/sigma/index.ts';
import type { EventKind, LazyEvent } from '../../read/events/index.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { writeMicros } from '../bytes/times.ts';
import { entities, eventData, mappingOf } from '../ecs/index.ts';
import { json, Parts, type Reveal } from '../parts/part.ts';
import { exampleText } from '../terminal/index.ts';
import { type RuleParts, ruleParts } from './rule-parts.ts';

/** Of a term that was looked for: where in the event it stands. */
export type Seen = {
  readonly fields: readonly string[];
  readonly isNameOnly: boolean;
  /** The event lies around the time that was asked about, not in it. */
  readonly isAround: boolean;
};

/** Writes findings as JSON lines (`Finding`), newline included. One per thread: it keeps a program per event kind. */
export interface FindingWriter {
  /**
   * Formats what all findings of `event` share; valid until the next `begin` or `write`. `path` is `log.file.path`;
   * `collection`: the event is a trace of the collection of the logs itself.
   */
  begin(event: LazyEvent, path: string, collection?: boolean): void;
  /**
   * Writes the finding of `rule` for the event begun last: copies bytes only. `form`: 1 where only the normal form of the
   * event's command lines matched.
   */
  line(out: ByteWriter, rule: number, form?: number, seen?: Seen | null): void;
  /** `begin` and `line` in one, for an event with a single rule. */
  write(out: ByteWriter, event: LazyEvent, rule: number, path: string): void;
}

/** What findings of one kind of event have in common. */
type KindParts = {
  /** ` on HOST`, inside `message`. */
  readonly place: Buffer;
  readonly codeAndProvider: Buffer;
  /** Programs from `host` to `event_data`, record number apart. */
  readonly beforeRecord: number;
  readonly afterRecord: number;
};

/** Characters of the example in `message`. */
const MESSAGE_LIMIT = 200;

const TIMESTAMP = Buffer.from('{"@timestamp":"');
const MESSAGE = Buffer.from('","message":"');
const COLON = Buffer.from(': ');
const QUOTE_COMMA = Buffer.from('",');
const LOG = Buffer.from('},"log":{"file":{"path":');
const OFFSET = Buffer.from('},"offset":');
const CLOSE_LOG = Buffer.from('},');
/** What closes a line, by what is said of the event: one bit each for salvaged, of the collection, in its normal form. */
const ENDS: readonly Buffer[] = Array.from({ length: 8 }, (_, said) => {
  const form = said & 4 ? ',"form":"normal"' : '';
  const salvaged = said & 1 ? ',"salvaged":true' : '';
  const collection = said & 2 ? ',"collection":true' : '';
  return Buffer.from(`${form}${salvaged}${collection}}}\n`);
});

export function createFindingWriter(rules: readonly Rule[], options: Reveal): FindingWriter {
  return new Writer(rules, options);
}

class Writer implements FindingWriter {
  readonly #rules: readonly Rule[];
  readonly #reveal: boolean;
  readonly #parts: Parts;
  readonly #ruleParts: (RuleParts | undefined)[] = [];
  readonly #kinds = new Map<EventKind, KindParts>();
  /** Bytes of the event begun last; the marks say where the rule's come between. */
  readonly #shared = new ByteWriter(16_384);
  #kind!: KindParts;
  #afterTitle = 0;
  #afterMessage = 0;
  /** What of `ENDS` is said of the event. */
  #said = 0;
  #path = '';
  #pathBytes: Buffer = Buffer.from('""');

  constructor(rules: readonly Rule[], options: Reveal) {
    this.#rules = rules;
    this.#reveal = options.reveal;
    this.#parts = new Parts(options);
  }

  begin(event: LazyEvent, path: string, collection = false): void {
    const out = this.#shared;
    const kind = this.#kindParts(event.kind);
    this.#kind = kind;
    out.reset();
    out.raw(TIMESTAMP);
    writeMicros(out, event.micros);
    out.raw(MESSAGE);
    this.#afterTitle = out.length;
    out.raw(kind.place);
    const example = exampleText(event, { reveal: this.#reveal, limit: MESSAGE_LIMIT });
    if (example !== '') {
      out.raw(COLON);
      out.escaped(example);
    }
    out.raw(QUOTE_COMMA);
    this.#afterMessage = out.length;
    this.#parts.run(kind.beforeRecord, out, event);
    if (event.recordId >= 0) out.integer(event.recordId);
    this.#parts.run(kind.afterRecord, out, event);
    out.raw(LOG);
    out.raw(this.#pathJson(path));
    out.raw(OFFSET);
    out.integer(event.recordOffset);
    out.raw(CLOSE_LOG);
    this.#said = Number(event.salvaged) + 2 * Number(collection);
  }

  line(out: ByteWriter, rule: number, form = 0, seen: Seen | null = null): void {
    const parts = this.#partsOf(rule);
    const shared = this.#shared;
    const bytes = shared.bytes;
    out.slice(bytes, 0, this.#afterTitle);
    out.raw(parts.title);
    out.slice(bytes, this.#afterTitle, this.#afterMessage);
    out.raw(parts.rule);
    out.raw(this.#kind.codeAndProvider);
    out.raw(parts.severity);
    out.slice(bytes, this.#afterMessage, shared.length);
    out.raw(parts.verdict);
    if (seen !== null) out.raw(Buffer.from(`,"look":${lookJson(seen)}`, 'utf8'));
    out.raw(ENDS[this.#said + 4 * form]!);
  }

  write(out: ByteWriter, event: LazyEvent, rule: number, path: string): void {
    this.begin(event, path);
    this.line(out, rule);
  }

  #partsOf(rule: number): RuleParts {
    let parts = this.#ruleParts[rule];
    if (parts === undefined) {
      parts = ruleParts(this.#rules[rule]!);
      this.#ruleParts[rule] = parts;
    }
    return parts;
  }

  #kindParts(kind: EventKind): KindParts {
    let parts = this.#kinds.get(kind);
    if (parts === undefined) {
      parts = kindParts(kind, this.#parts);
      this.#kinds.set(kind, parts);
    }
    return parts;
  }

  #pathJson(path: string): Buffer {
    if (path !== this.#path) {
      this.#path = path;
      this.#pathBytes = Buffer.from(json(path), 'utf8');
    }
    return this.#pathBytes;
  }
}

function lookJson({ fields, isNameOnly, isAround }: Seen): string {
  const nameOnly = isNameOnly ? ',"name_only":true' : '';
  const around = isAround ? ',"around":true' : '';
  return `{"fields":[${fields.map(json).join(',')}]${nameOnly}${around}}`;
}

function kindParts({ shape, channel, provider, eventId, host }: EventKind, parts: Parts): KindParts {
  const code = json(eventId < 0 ? '' : String(eventId));
  const beforeRecord = parts.begin();
  parts.text('"host":{"name":');
  parts.string(host);
  parts.text('},');
  entities(parts, shape, mappingOf(channel, eventId));
  parts.text('"winlog":{"channel":');
  parts.string(channel);
  parts.text(',"record_id":"');
  parts.end();
  const afterRecord = parts.begin();
  parts.text('","event_data":');
  eventData(parts, shape);
  parts.end();
  return {
    place: Buffer.from(host === '' ? '' : ` on ${json(host).slice(1, -1)}`, 'utf8'),
    codeAndProvider: Buffer.from(`${code},"provider":${json(provider)},"severity":`, 'utf8'),
    beforeRecord,
    afterRecord,
  };
}
