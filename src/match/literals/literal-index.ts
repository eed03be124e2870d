/**
 * Which of many literals does a value hold? Asked of nearly every event, about the raw UTF-16LE bytes of a field,
 * so that most values are never decoded.
 *
 * An Aho-Corasick automaton over the same literals needs tens of megabytes, is slow to build, and every step waits
 * for the one before. This index has none of that:
 *
 * - A literal that may stand anywhere is keyed by four characters in it, the rarest. The scan goes along the value
 *   and asks a bit table (32 KB, in the first-level cache) whether any literal has the key of the four characters
 *   there: a few cycles, no chain of dependent loads.
 * - Where all literals are long, each has several keys in a row, and only every second to eighth place of the value is
 *   looked at: a quarter of the cost of looking at all.
 * - A literal with characters outside ASCII is keyed by one of those: in most values there are none.
 * - A literal at the end, or the whole value, is found by a hash of the value's last characters, one at the
 *   beginning by a hash of the first: a fixed cost, however long the value is.
 * - Each key that is there is followed by a comparison of the whole literal, so a hit is a proof and not a guess.
 *
 * Cost: some tens of bytes and a few microseconds a literal to build; on a slow server core 2 ns a character to scan
 * where every place is looked at, 0.5 ns in steps.
 */
import { type LazyEvent, ValueType } from '../../read/events/index.ts';
import { CLASS_BITS, classLow, classOf, foldedLow, foldUnit } from './alphabet.ts';
import { Chains } from './chains.ts';
import {
  FIRST_FACTOR,
  hashOfText,
  KEY_LENGTH,
  type Keys,
  MULTIPLIER,
  noKeys,
  PAIR_BITS,
  PAIR_MASK,
  pairKeys,
  ROLLING_BITS,
  ROLLING_MASK,
  rollingKey,
  rollingKeys,
  SECOND_FACTOR,
  STEP_BITS,
  stepKeys,
  strideFor,
  widePlace,
} from './keys.ts';
import { type Literal, LiteralTable } from './literal-table.ts';
import { fitsNumber, isText } from './value-forms.ts';

/** Characters at an end of the value that are hashed; shorter literals hash what they have. */
const ANCHOR = 8;

export class LiteralIndex {
  /** Payloads of the literals that the last scanned value holds: `found[0…n)`. */
  readonly found: Int32Array;
  /** Values with fewer characters hold no literal. */
  readonly minLength: number;
  /** True where numbers, times, identifiers and other values that are no text in the log may hold a literal. */
  readonly fitsNumbers: boolean;
  /** True where all literals may stand anywhere and hold no NUL: `scanSlots` does for a whole event. */
  readonly isLoose: boolean;
  /** After `scanSlots`: true where there are values that it did not look into and that may hold a literal. */
  left = false;

  readonly #units: Uint16Array;
  readonly #starts: Int32Array;
  readonly #lengths: Int32Array;
  readonly #payloads: Int32Array;
  readonly #payloadStarts: Int32Array;
  readonly #isWhole: Uint8Array;
  /** Number of the scan that found the literal last. */
  readonly #foundIn: Float64Array;
  #scan = 0;
  #count = 0;

  // Anywhere: entries of chains, each a literal and the place of the key's last character in it.
  readonly #filter: Int32Array;
  readonly #anywhere: Chains;
  /** 1 where the pair is a key. */
  readonly #pairFilter: Uint8Array;
  readonly #pairs: Chains;
  readonly #wide: Chains;
  readonly #entryLiteral: Int32Array;
  readonly #entryPlace: Int32Array;
  readonly #entryNext: Int32Array;
  readonly #hasAnywhere: boolean;
  readonly #hasWide: boolean;
  readonly #stride: number;

  // At the ends: chains of literals; bit n is set where a hash of n characters is a key.
  readonly #starting: Chains;
  readonly #startLengths: number;
  readonly #ending: Chains;
  readonly #endLengths: number;
  readonly #literalNext: Int32Array;
  /** The empty value, -1 where it is no literal. */
  readonly #empty: number;

  constructor(given: readonly Literal[]) {
    const table = new LiteralTable(given);
    const { texts, places } = table;
    this.found = new Int32Array(given.length);
    this.minLength = table.lengths.reduce((least, length) => Math.min(least, length), 1 << 28);
    this.isLoose =
      places.every(place => place === 'anywhere') && texts.every(text => text !== '' && !text.includes('\0'));
    this.fitsNumbers = texts.some(fitsNumber);
    this.#units = table.units;
    this.#starts = table.starts;
    this.#lengths = table.lengths;
    this.#payloads = table.payloads;
    this.#payloadStarts = table.payloadStarts;
    this.#isWhole = Uint8Array.from(places, place => (place === 'whole' ? 1 : 0));
    this.#foundIn = new Float64Array(texts.length).fill(-1);
    this.#empty = texts.indexOf('');

    const narrow: number[] = [];
    const short: number[] = [];
    const wide: number[] = [];
    const anchored: number[] = [];
    for (let literal = 0; literal < texts.length; literal++) {
      const text = texts[literal]!;
      if (literal === this.#empty) continue;
      if (places[literal] !== 'anywhere') anchored.push(literal);
      else if (widePlace(text) >= 0) wide.push(literal);
      else (text.length < 3 ? short : narrow).push(literal);
    }
    this.#stride = wide.length + short.length > 0 ? 1 : strideFor(table, narrow);
    const keys = this.#stride > 1 ? stepKeys(table, narrow, this.#stride) : rollingKeys(table, narrow);
    const pairs = pairKeys(table, short);
    const wideKeys = noKeys();
    for (const literal of wide) {
      const place = widePlace(texts[literal]!);
      wideKeys.key.push(texts[literal]!.charCodeAt(place));
      wideKeys.literal.push(literal);
      wideKeys.place.push(place);
    }
    this.#hasAnywhere = narrow.length + short.length + wide.length > 0;
    this.#hasWide = wide.length > 0;
    const bits = this.#stride > 1 ? STEP_BITS : ROLLING_BITS;
    this.#filter = new Int32Array(this.#hasAnywhere ? 1 << (bits - 5) : 1);
    for (const key of keys.key) this.#filter[key >> 5]! |= 1 << (key & 31);
    this.#pairFilter = new Uint8Array(this.#hasAnywhere && this.#stride === 1 ? 1 << PAIR_BITS : 1);
    for (const key of pairs.key) this.#pairFilter[key] = 1;
    const entries = keys.key.length + pairs.key.length + wide.length;
    this.#entryLiteral = new Int32Array(entries);
    this.#entryPlace = new Int32Array(entries);
    this.#entryNext = new Int32Array(entries);
    this.#anywhere = this.#chain(keys, 0);
    this.#pairs = this.#chain(pairs, keys.key.length);
    this.#wide = this.#chain(wideKeys, keys.key.length + pairs.key.length);

    this.#starting = new Chains(anchored.length);
    this.#ending = new Chains(anchored.length);
    this.#literalNext = new Int32Array(texts.length).fill(-1);
    let startLengths = 0;
    let endLengths = 0;
    for (const literal of anchored) {
      const text = texts[literal]!;
      const length = Math.min(ANCHOR, text.length);
      if (places[literal] === 'start') {
        startLengths |= 1 << length;
        this.#literalNext[literal] = this.#starting.push(hashOfText(text, 0, 1, length), literal);
      } else {
        endLengths |= 1 << length;
        this.#literalNext[literal] = this.#ending.push(
          hashOfText(text, text.length - 1, -1, length),
          literal,
        );
      }
    }
    this.#startLengths = startLengths;
    this.#endLengths = endLengths;
  }

  /** Files the literals under their keys; entries from `first` on are theirs. */
  #chain(keys: Keys, first: number): Chains {
    const chains = new Chains(keys.key.length);
    for (let i = 0; i < keys.key.length; i++) {
      const entry = first + i;
      this.#entryLiteral[entry] = keys.literal[i]!;
      this.#entryPlace[entry] = keys.place[i]!;
      this.#entryNext[entry] = chains.push(keys.key[i]!, entry);
    }
    return chains;
  }

  /** Looks into UTF-16LE text from byte `start` to `end` (NULs at its end cut off); returns the number of payloads. */
  scan(bytes: Uint8Array, start: number, end: number): number {
    this.#scan++;
    this.#count = 0;
    if (end === start) {
      if (this.#empty >= 0) this.#report(this.#empty);
      return this.#count;
    }
    if (this.#endLengths !== 0) this.#scanEnd(bytes, start, end);
    if (this.#startLengths !== 0) this.#scanStart(bytes, start, end);
    if (this.#hasAnywhere) {
      if (this.#stride > 1) this.#stepAnywhere(bytes, start, end);
      else this.#scanAnywhere(bytes, start, end);
    }
    return this.#count;
  }

  /** Looks into the UTF-16LE values in `slots`, all as one; for loose indexes. Values in other forms set `left`. */
  scanSlots(event: LazyEvent, slots: Int32Array): number {
    this.#scan++;
    this.#count = 0;
    this.left = false;
    const { bytes, types, sizes, offsets } = event;
    const least = this.minLength * 2;
    const stepping = this.#stride > 1;
    // `isWide`, written out; see `#scanAnywhere` on imports.
    const { String: wideText, Array: list, Null: absent } = ValueType;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      const type = types[slot]!;
      if ((type & ~list) === wideText) {
        const size = sizes[slot]! & ~1;
        if (size < least) continue;
        const start = offsets[slot]!;
        if (stepping) this.#stepAnywhere(bytes, start, start + size);
        else this.#scanAnywhere(bytes, start, start + size);
      } else if (type !== absent && (this.fitsNumbers || isText(type))) {
        this.left = true;
      }
    }
    return this.#count;
  }

  /**
   * Looks at every place, two characters at a time. Constants of other modules are taken into locals in both loops: an
   * import is read from memory each time it is named, which made them three times slower.
   */
  #scanAnywhere(bytes: Uint8Array, start: number, end: number): void {
    const filter = this.#filter;
    const pairFilter = this.#pairFilter;
    const classes = classLow;
    const view = viewOf(bytes);
    const [wideUnits, mask, pairMask, shift] = [WIDE_UNITS, ROLLING_MASK, PAIR_MASK, 32 - ROLLING_BITS];
    const [width, multiplier] = [CLASS_BITS, MULTIPLIER];
    let last = 0;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at, true);
      if ((word & wideUnits) !== 0) {
        last = this.#scanOne(bytes, start, end, at, last);
        last = this.#scanOne(bytes, start, end, at + 2, last);
        continue;
      }
      last = ((last << width) | classes[word & 0x7f]!) & mask;
      let key = Math.imul(last, multiplier) >>> shift;
      if ((((filter[key >> 5]! >> (key & 31)) | pairFilter[last & pairMask]!) & 1) !== 0) {
        this.#meet(bytes, start, end, at, last);
      }
      last = ((last << width) | classes[word >> 16]!) & mask;
      key = Math.imul(last, multiplier) >>> shift;
      if ((((filter[key >> 5]! >> (key & 31)) | pairFilter[last & pairMask]!) & 1) !== 0) {
        this.#meet(bytes, start, end, at + 2, last);
      }
    }
    if (at < end) this.#scanOne(bytes, start, end, at, last);
  }

  /** Looks at one place in the plain way, whatever the character there; `last` are the classes before, and with it. */
  #scanOne(bytes: Uint8Array, start: number, end: number, at: number, last: number): number {
    const unit = (bytes[at + 1]! << 8) | bytes[at]!;
    if (unit >= 128 && this.#hasWide) this.#compare(bytes, start, end, at, this.#wide.head(foldUnit(unit)));
    const next = ((last << CLASS_BITS) | classOf(unit)) & ROLLING_MASK;
    this.#meet(bytes, start, end, at, next);
    return next;
  }

  /** Compares the literals that are filed under the characters `last`, which end at `at`. */
  #meet(bytes: Uint8Array, start: number, end: number, at: number, last: number): void {
    this.#compare(bytes, start, end, at, this.#anywhere.head(rollingKey(last)));
    const pair = last & PAIR_MASK;
    if (this.#pairFilter[pair] === 1) this.#compare(bytes, start, end, at, this.#pairs.head(pair));
  }

  /** Looks at some places only: each literal has as many keys in a row as the stride, so one is met at any offset. */
  #stepAnywhere(bytes: Uint8Array, start: number, end: number): void {
    const filter = this.#filter;
    const view = viewOf(bytes);
    const step = this.#stride * 2;
    const [wideUnits, shift] = [WIDE_UNITS, 32 - STEP_BITS];
    const [firstFactor, secondFactor, multiplier] = [FIRST_FACTOR, SECOND_FACTOR, MULTIPLIER];
    for (let at = start + 2 * (KEY_LENGTH - 1); at < end; at += step) {
      let first = view.getInt32(at - 6, true);
      let second = view.getInt32(at - 2, true);
      if (((first | second) & wideUnits) !== 0) {
        first = foldPair(first);
        second = foldPair(second);
      }
      // `stepKey`, written out.
      const mixed =
        (Math.imul(first & 0x001f_001f, firstFactor) + Math.imul(second & 0x001f_001f, secondFactor)) | 0;
      const key = Math.imul(mixed, multiplier) >>> shift;
      if (((filter[key >> 5]! >> (key & 31)) & 1) !== 0) {
        this.#compare(bytes, start, end, at, this.#anywhere.head(key));
      }
    }
  }

  /** Compares the literals of a chain, whose keys' last character stands at `at`. */
  #compare(bytes: Uint8Array, start: number, end: number, at: number, first: number): void {
    for (let entry = first; entry >= 0; entry = this.#entryNext[entry]!) {
      const literal = this.#entryLiteral[entry]!;
      if (this.#foundIn[literal] === this.#scan) continue;
      const from = at - this.#entryPlace[entry]! * 2;
      if (from >= start && from + this.#lengths[literal]! * 2 <= end && this.#stands(bytes, from, literal)) {
        this.#report(literal);
      }
    }
  }

  #scanEnd(bytes: Uint8Array, start: number, end: number): void {
    const lengths = this.#endLengths;
    const characters = (end - start) >> 1;
    let hash = 0;
    for (let n = 1, at = end - 2; n <= ANCHOR && n <= characters; n++, at -= 2) {
      hash = (Math.imul(hash, 31) + unitAt(bytes, at)) | 0;
      if (((lengths >> n) & 1) === 0) continue;
      for (let literal = this.#ending.head(hash ^ n); literal >= 0; literal = this.#literalNext[literal]!) {
        const length = this.#lengths[literal]!;
        if (length > characters || (this.#isWhole[literal] === 1 && length !== characters)) continue;
        if (this.#stands(bytes, end - length * 2, literal)) this.#report(literal);
      }
    }
  }

  #scanStart(bytes: Uint8Array, start: number, end: number): void {
    const lengths = this.#startLengths;
    const characters = (end - start) >> 1;
    let hash = 0;
    for (let n = 1, at = start; n <= ANCHOR && n <= characters; n++, at += 2) {
      hash = (Math.imul(hash, 31) + unitAt(bytes, at)) | 0;
      if (((lengths >> n) & 1) === 0) continue;
      for (let literal = this.#starting.head(hash ^ n); literal >= 0; literal = this.#literalNext[literal]!) {
        if (this.#lengths[literal]! <= characters && this.#stands(bytes, start, literal))
          this.#report(literal);
      }
    }
  }

  /** True if the literal stands at byte `from`. From its end, where paths with a common beginning differ. */
  #stands(bytes: Uint8Array, from: number, literal: number): boolean {
    const units = this.#units;
    const first = this.#starts[literal]!;
    for (let i = this.#lengths[literal]! - 1; i >= 0; i--) {
      if (unitAt(bytes, from + i * 2) !== units[first + i]) return false;
    }
    return true;
  }

  #report(literal: number): void {
    this.#foundIn[literal] = this.#scan;
    const end = this.#payloadStarts[literal + 1]!;
    for (let i = this.#payloadStarts[literal]!; i < end; i++) this.found[this.#count++] = this.#payloads[i]!;
  }
}

/** The folded unit whose two bytes begin at `at`, which may be odd. */
function unitAt(bytes: Uint8Array, at: number): number {
  const high = bytes[at + 1]!;
  return high === 0 ? foldedLow[bytes[at]!]! : foldUnit((high << 8) | bytes[at]!);
}

/** The bits that are set where one of two units is outside ASCII. */
const WIDE_UNITS = 0xff80_ff80 | 0;

/** The word of two units with each unit folded: some outside ASCII fold into it. */
function foldPair(word: number): number {
  return (foldUnit(word >>> 16) << 16) | foldUnit(word & 0xffff);
}

/** The bytes that were scanned last, and a view of them: a reader's are the same for thousands of values. */
let lastBytes: Uint8Array = new Uint8Array(0);
let lastView: DataView = new DataView(lastBytes.buffer);

function viewOf(bytes: Uint8Array): DataView {
  if (bytes !== lastBytes) {
    lastBytes = bytes;
    lastView = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
  return lastView;
}
