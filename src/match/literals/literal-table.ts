/** Literals side by side in typed arrays: an array and a set for each of 6,000 would make the first pass a quarter slower. */

/** Where in a value a literal must stand. */
export type Place = 'anywhere' | 'start' | 'end' | 'whole';

export type Literal = {
  /** Folded; empty only where the place is `whole`. */
  readonly text: string;
  readonly place: Place;
  /** What a hit reports, from 0. */
  readonly payload: number;
};

/** Distinct literals; equal ones at equal places are one with several payloads. */
export class LiteralTable {
  readonly texts: readonly string[];
  readonly places: readonly Place[];
  /** Code units of all, literal `i` from `starts[i]`, `lengths[i]` long. */
  readonly units: Uint16Array;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  /** Payloads of literal `i` from `payloadStarts[i]` to `payloadStarts[i + 1]`. */
  readonly payloads: Int32Array;
  readonly payloadStarts: Int32Array;

  constructor(given: readonly Literal[]) {
    const numbers: Readonly<Record<Place, Map<string, number>>> = {
      anywhere: new Map(),
      start: new Map(),
      end: new Map(),
      whole: new Map(),
    };
    const texts: string[] = [];
    const places: Place[] = [];
    const numberOf = new Int32Array(given.length);
    let size = 0;
    for (let i = 0; i < given.length; i++) {
      const { text, place } = given[i]!;
      let number = numbers[place].get(text);
      if (number === undefined) {
        number = texts.length;
        numbers[place].set(text, number);
        texts.push(text);
        places.push(place);
        size += text.length;
      }
      numberOf[i] = number;
    }
    this.texts = texts;
    this.places = places;
    this.units = new Uint16Array(size);
    this.starts = new Int32Array(texts.length);
    this.lengths = new Int32Array(texts.length);
    let unit = 0;
    for (let number = 0; number < texts.length; number++) {
      const text = texts[number]!;
      this.starts[number] = unit;
      this.lengths[number] = text.length;
      for (let i = 0; i < text.length; i++) this.units[unit++] = text.charCodeAt(i);
    }
    this.payloadStarts = new Int32Array(texts.length + 1);
    for (const number of numberOf) this.payloadStarts[number + 1]!++;
    for (let number = 0; number < texts.length; number++) {
      this.payloadStarts[number + 1]! += this.payloadStarts[number]!;
    }
    this.payloads = new Int32Array(given.length);
    const next = this.payloadStarts.slice();
    for (let i = 0; i < given.length; i++) this.payloads[next[numberOf[i]!]!++] = given[i]!.payload;
  }
}
