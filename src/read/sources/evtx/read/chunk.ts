/**
 * Reads one chunk: the records that its header vouches for, and then what else is there.
 *
 * Records follow one another from the header on. As long as each begins with the record magic and its size fits, the
 * next is found by the size. Where that chain breaks, the rest of the chunk is searched for the magic. What is found
 * that way, and what lies beyond the end that the header states, is marked as salvaged: it may be newer than the
 * header (a log that was copied while in use) or what a former use of the chunk left behind.
 *
 * Nothing lost: every byte before the stated end belongs to an event, to an `unparsed` record or to a `damaged`
 * stretch. Beyond it lie remains that nobody promised: what can be read of them are events, and records that can't
 * (newer ones have overwritten their templates) are named in one line per chunk, as `remains`.
 *
 * Nothing doubled: Windows fills a chunk in a buffer that still holds the chunk before, so behind the stated end of the
 * last chunk of a log there often are the records of the one before it, at the same places. A salvaged record is passed
 * over if those bytes are the same, or if a record with the same number, time and content was read in this chunk.
 */
import { countEvent, fileTimeMicros } from '../../../events/index.ts';
import type { EventSink } from '../../source.ts';
import type { Block } from './block.ts';
import {
  CHUNK,
  CHUNK_HEADER,
  CHUNK_MAGIC_HIGH,
  CHUNK_MAGIC_LOW,
  FREE_SPACE,
  RECORD_HEADER,
  RECORD_MAGIC,
  RECORD_MIN,
} from './layout.ts';
import type { RecordReader } from './record.ts';
import { SeenRecords } from './seen.ts';

const recordMagic = Buffer.from([0x2a, 0x2a, 0x00, 0x00]);
const SALVAGE_BUDGET = 32 * CHUNK;
const zeros = Buffer.alloc(CHUNK);

export class ChunkReader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #record: RecordReader;
  #sink!: EventSink;
  /** Add to a position in the block for the offset in the file. */
  #shift = 0;
  #base = 0;
  #limit = 0;
  /** Where the part that the header vouches for ends. */
  #free = 0;
  /** Where the part begins in which records that can't be read are remains. */
  #stated = 0;
  #remains = 0;
  #firstRemains = 0;
  #follows = false;
  /** Counts events into their kinds; not when a record is read again. */
  #tally = true;
  /** The record that was salvaged last is a copy of one that was read, and was passed over. */
  #passed = false;
  readonly #seen: SeenRecords;
  /** Bytes of false beginnings that may still be tried. */
  #budget = 0;

  constructor(block: Block, record: RecordReader) {
    this.#bytes = block.bytes;
    this.#view = block.view;
    this.#record = record;
    this.#seen = new SeenRecords(block);
  }

  /**
   * Reads the chunk of `size` bytes (fewer than 64 KiB only at a file's end) at `base` of the block, which is at
   * `offset` of the file. `follows`: the chunk before it in the file lies before it in the block.
   */
  chunk(base: number, size: number, offset: number, follows: boolean, sink: EventSink): void {
    this.turnTo(base, size, offset);
    this.#sink = sink;
    this.#follows = follows;
    this.#tally = true;
    const whole = size >= CHUNK_HEADER && this.#hasMagic();
    if (!whole) {
      if (this.#bytes.compare(zeros, 0, size, base, base + size) === 0) return;
      const reason =
        size < CHUNK ? 'the file ends inside a chunk' : 'a chunk begins with the wrong signature';
      sink.damaged({ offset, length: size, reason });
      this.#free = base;
      this.#stated = this.#limit;
      this.#search(base, base);
      return;
    }
    const free = this.#view.getUint32(base + FREE_SPACE, true);
    const vouched = free >= CHUNK_HEADER && free <= CHUNK;
    this.#free = vouched ? Math.min(base + free, this.#limit) : this.#limit;
    this.#stated = this.#free;
    if (size < CHUNK && (!vouched || base + free > this.#limit)) {
      const missing = (vouched ? free : CHUNK) - size;
      sink.damaged({ offset: offset + size, length: missing, reason: 'the file ends inside a chunk' });
    }
    this.#chain(base + CHUNK_HEADER);
    this.#nameRemains();
  }

  /** Reads the record at `position` of the block again, without counting it; false where none can be read. */
  again(position: number, sink: EventSink): boolean {
    this.#sink = sink;
    this.#tally = false;
    this.#stated = this.#statedEnd();
    if (position < this.#base || !this.#isRecord(position)) return false;
    if (!this.#parses(position, this.#view.getUint32(position + 4, true))) return false;
    this.#give(position, !this.#isChained(position));
    return true;
  }

  /** Where the records end that the chunk's header vouches for; without a header that says so, at the chunk's end. */
  #statedEnd(): number {
    if (this.#limit - this.#base < CHUNK_HEADER || !this.#hasMagic()) return this.#limit;
    const free = this.#view.getUint32(this.#base + FREE_SPACE, true);
    return free >= CHUNK_HEADER && free <= CHUNK ? Math.min(this.#base + free, this.#limit) : this.#limit;
  }

  /** True if the chain of sizes from the chunk's header leads to `position`, before the end it states. */
  #isChained(position: number): boolean {
    if (this.#limit - this.#base < CHUNK_HEADER || !this.#hasMagic()) return false;
    const free = this.#view.getUint32(this.#base + FREE_SPACE, true);
    if (free >= CHUNK_HEADER && free <= CHUNK && position >= this.#base + free) return false;
    let at = this.#base + CHUNK_HEADER;
    while (at < position && this.#isRecord(at)) {
      const size = this.#view.getUint32(at + 4, true);
      if (!this.#isClosed(at, size) && !this.#isRecord(at + size)) return false;
      at += size;
    }
    return at === position;
  }

  /** Turns to the chunk of `size` bytes at `base` of the block, which is at `offset` of the file. */
  turnTo(base: number, size: number, offset: number): void {
    this.#base = base;
    this.#limit = base + size;
    this.#shift = offset - base;
    this.#seen.reset();
    this.#budget = SALVAGE_BUDGET;
    this.#remains = 0;
    this.#record.chunk(base, this.#limit);
  }

  #hasMagic(): boolean {
    return (
      this.#view.getUint32(this.#base, true) === CHUNK_MAGIC_LOW &&
      this.#view.getUint32(this.#base + 4, true) === CHUNK_MAGIC_HIGH
    );
  }

  /** True if a record may begin at `position`: magic, and a size that fits. */
  #isRecord(position: number): boolean {
    if (position + RECORD_MIN > this.#limit) return false;
    if (this.#view.getUint32(position, true) !== RECORD_MAGIC) return false;
    const size = this.#view.getUint32(position + 4, true);
    return size >= RECORD_MIN && size <= this.#limit - position;
  }

  /** True if the size stands at the record's end as well, as it does where nothing overwrote it. */
  #isClosed(position: number, size: number): boolean {
    return this.#view.getUint32(position + size - 4, true) === size;
  }

  /** Reads record after record from `from`; where the chain breaks, the rest is searched. */
  #chain(from: number): void {
    let position = from;
    let gap = from;
    while (position === gap && position < this.#free && this.#isRecord(position)) {
      const size = this.#view.getUint32(position + 4, true);
      const end = position + size;
      const good = this.#parses(position, size);
      const contentEnd = good ? this.#record.contentEnd : end - 4;
      this.#seen.note(position, contentEnd);
      if (good) this.#give(position, false);
      else this.#unparsed(position);
      // Only a size that is confirmed says where to go on: by its copy, or by readable content and a record behind it.
      if (this.#isClosed(position, size) || (good && this.#isRecord(end))) {
        gap = end;
        position = good && this.#hides(contentEnd, end) ? contentEnd : end;
      } else {
        gap = good ? contentEnd : position + 4;
        position = gap;
        break;
      }
    }
    this.#search(position, gap);
  }

  /** True if a record could begin between the end of a record's content and the end that its size states. */
  #hides(contentEnd: number, end: number): boolean {
    if (end - contentEnd < RECORD_MIN) return false;
    return this.#bytes.subarray(contentEnd, end - RECORD_MIN + 4).includes(recordMagic);
  }

  /** Looks for records from `from` to the chunk's end; bytes before `gap` belong to a record already. */
  #search(from: number, gap: number): void {
    let position = from;
    let unclaimed = gap;
    // Only the chunk is searched: behind it lies the rest of the window.
    const bytes = this.#bytes.subarray(this.#base, this.#limit);
    while (position + RECORD_MIN <= this.#limit) {
      const at = this.#base + bytes.indexOf(recordMagic, position - this.#base);
      if (at < this.#base) break;
      if (!this.#isRecord(at) || !this.#salvage(at)) {
        position = at + 4;
        continue;
      }
      this.#hole(unclaimed, at);
      const end = at + this.#view.getUint32(at + 4, true);
      const contentEnd = this.#seen.lastEnd;
      const closed = this.#isClosed(at, end - at);
      position = closed && !this.#hides(contentEnd, end) ? end : contentEnd;
      // A copy that is passed over is named by nothing, so it claims no more than what it is a copy of.
      unclaimed = Math.max(unclaimed, this.#passed && !closed ? contentEnd : end);
    }
    this.#hole(unclaimed, this.#limit);
  }

  /** Names the part of a stretch that the header vouched for. */
  #hole(from: number, to: number): void {
    const end = Math.min(to, this.#free);
    if (end <= from) return;
    this.#sink.damaged({
      offset: from + this.#shift,
      length: end - from,
      reason: 'no record where one should begin',
    });
  }

  /** Reports what begins with a record magic at `at`, unless it is no record: then false. */
  #salvage(at: number): boolean {
    const size = this.#view.getUint32(at + 4, true);
    const closed = this.#isClosed(at, size);
    if (!closed && !this.#affords(at, size)) return false;
    const good = this.#parses(at, size);
    if (!good && !closed) return false;
    const contentEnd = good ? this.#record.contentEnd : at + size - 4;
    const known = this.#isInherited(at, contentEnd) || this.#seen.has(at, contentEnd);
    this.#seen.note(at, contentEnd);
    this.#passed = known;
    if (known) return true;
    if (good) this.#give(at, true);
    else if (at < this.#stated) this.#unparsed(at);
    else if (this.#remains++ === 0) this.#firstRemains = at;
    return true;
  }

  /** True if the chunk before has the same bytes at the same place: Windows wrote this one over a copy of it. */
  #isInherited(at: number, contentEnd: number): boolean {
    if (!this.#follows) return false;
    const before = at - CHUNK;
    return this.#bytes.compare(this.#bytes, before, contentEnd - CHUNK, at, contentEnd) === 0;
  }

  #nameRemains(): void {
    if (this.#remains === 0) return;
    const count = this.#remains === 1 ? 'an older record that' : `${this.#remains} older records that`;
    this.#sink.remains?.({
      offset: this.#firstRemains + this.#shift,
      record: this.#number(this.#firstRemains),
      reason: `${count} can not be read any more`,
    });
  }

  /**
   * Pays for a try at what may be a record. A crafted chunk can have a false beginning every four bytes, each
   * with a size up to the chunk's end; where that exceeds all reason, the rest is named and left.
   */
  #affords(at: number, size: number): boolean {
    if (this.#budget < 0) return false;
    this.#budget -= size;
    if (this.#budget >= 0) return true;
    this.#sink.damaged({
      offset: at + this.#shift,
      length: this.#limit - at,
      reason: 'too many false beginnings of records',
    });
    return false;
  }

  #parses(position: number, size: number): boolean {
    const low = this.#view.getUint32(position + 16, true);
    const high = this.#view.getUint32(position + 20, true);
    const written = fileTimeMicros(low, high);
    return this.#record.read(position + RECORD_HEADER, position + size - 4, written, position < this.#stated);
  }

  #number(position: number): number {
    const high = this.#view.getUint32(position + 12, true);
    return high * 0x1_0000_0000 + this.#view.getUint32(position + 8, true);
  }

  #unparsed(position: number): void {
    this.#sink.unparsed({
      offset: position + this.#shift,
      record: this.#number(position),
      reason: this.#record.reason,
    });
  }

  /** Hands the record that was just read to the sink. */
  #give(position: number, salvaged: boolean): void {
    const event = this.#record.event;
    event.recordNumber = this.#number(position);
    event.recordOffset = position + this.#shift;
    event.salvaged = salvaged;
    if (this.#tally) countEvent(event.kind, event.micros);
    this.#sink.event(event);
  }
}
