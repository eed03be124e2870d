/**
 * Deflate data, unpacked as it comes, by node:zlib in its own threads: while the caller looks at one piece,
 * the next is being unpacked. Fast (0.5-1.2 GB/s), and nothing sound is lost at damage: zlib throws away what
 * it unpacked in the very call that fails, so after a failure the tail is unpacked once more in small steps.
 */
import { constants, createInflateRaw, type InflateRaw } from 'node:zlib';
import { ArchiveError } from './archive-error.ts';
import { PIECE_BYTES } from './content.ts';

/** Input that is given to zlib at once. */
export const PACKED_PIECE_BYTES: number = 64 * 1024;
/** Steps in which the place of damage is approached. */
const STEP_BYTES = 128;

/** One deflate stream being unpacked: push input until `ended` or `failed`, then close. */
class Inflater {
  readonly #zlib: InflateRaw;
  #wake: () => void = () => {};
  #pushed = 0;
  /** Why the data are damaged, where they are. */
  failed: string | null = null;
  /** Bytes unpacked. */
  output = 0;

  constructor(chunkBytes: number) {
    // Z_SYNC_FLUSH: that the input ends before the data do is for the caller to see, who knows the sizes.
    this.#zlib = createInflateRaw({ chunkSize: chunkBytes, finishFlush: constants.Z_SYNC_FLUSH });
    this.#zlib.on('readable', () => this.#wake());
    this.#zlib.on('error', error => {
      this.failed = error.message;
      this.#wake();
    });
  }

  /** Bytes of input that were used. */
  get used(): number {
    return this.#zlib.bytesWritten;
  }

  /** True if the end of the deflate data was met with input left over. */
  get ended(): boolean {
    return this.used < this.#pushed;
  }

  /** Unpacks one piece of input; yields what comes out of it. */
  async *push(piece: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
    if (piece.length === 0) return;
    let written = false;
    this.#pushed += piece.length;
    this.#zlib.write(piece, () => {
      written = true;
      this.#wake();
    });
    for (;;) {
      const woken = new Promise<void>(resolve => {
        this.#wake = resolve;
      });
      const chunk = this.#zlib.read() as Uint8Array | null;
      if (chunk !== null) {
        this.output += chunk.length;
        yield chunk;
      } else if (written || this.failed !== null) return;
      else await woken;
    }
  }

  close(): void {
    this.#zlib.destroy();
  }
}

/** How unpacking came to its end. */
export type InflateResult = {
  /** Bytes of input that belong to the deflate data. */
  readonly used: number;
  /** False where the input ended before the deflate data did, or exactly with them. */
  readonly ended: boolean;
  /** What of the last piece lies beyond the end. */
  readonly rest: Uint8Array;
  /** Why it broke off, else null. */
  readonly failed: string | null;
};

/** The result of unpacking that nobody wanted to the end. */
export const BROKEN_OFF: InflateResult = { used: 0, ended: false, rest: new Uint8Array(0), failed: null };

/** What is thrown where unpacking failed with zlib's words `failed`. */
export function damagedData(failed: string): ArchiveError {
  return new ArchiveError('corrupt', `the packed data are damaged (${failed}); what comes before was read`);
}

/**
 * Unpacks raw deflate data (RFC 1951) from `pieces`; never throws on damaged data, but says so at the end.
 * `again` gives the same input anew, so that damage costs nothing sound; null where it can't be had twice (then
 * the output of one piece of input may be lost).
 */
export async function* inflateRaw(
  pieces: AsyncIterator<Uint8Array>,
  again: (() => AsyncIterator<Uint8Array>) | null,
): AsyncGenerator<Uint8Array, InflateResult, void> {
  const inflater = new Inflater(PIECE_BYTES);
  try {
    for (;;) {
      const next = await pieces.next();
      if (next.done === true) return result(inflater, new Uint8Array(0), 0);
      const before = inflater.used;
      yield* inflater.push(next.value);
      if (inflater.failed !== null) {
        if (again !== null) yield* lastSoundBytes(again(), before, inflater.output);
        return result(inflater, next.value, next.value.length);
      }
      if (inflater.ended) return result(inflater, next.value, inflater.used - before);
    }
  } finally {
    inflater.close();
  }
}

function result(inflater: Inflater, piece: Uint8Array, usedOfPiece: number): InflateResult {
  return {
    used: inflater.used,
    ended: inflater.ended && inflater.failed === null,
    rest: piece.subarray(usedOfPiece),
    failed: inflater.failed,
  };
}

/**
 * What unpacks beyond the first `skip` bytes of output, up to the very byte of input that is damaged. A leader
 * goes ahead in small steps; when it fails, a follower that stands one step behind goes on byte by byte.
 */
async function* lastSoundBytes(
  pieces: AsyncIterator<Uint8Array>,
  soundInput: number,
  skip: number,
): AsyncGenerator<Uint8Array, void, void> {
  const leader = new Inflater(PIECE_BYTES);
  const follower = new Inflater(PIECE_BYTES);
  let yielded = skip;
  const beyond = (inflater: Inflater, chunk: Uint8Array): Uint8Array | null => {
    const fresh = Math.min(chunk.length, inflater.output - yielded);
    if (fresh <= 0) return null;
    yielded += fresh;
    return chunk.subarray(chunk.length - fresh);
  };
  try {
    let input = 0;
    for (;;) {
      const next = await pieces.next();
      if (next.done === true) return;
      for (let at = 0; at < next.value.length; ) {
        const sound = soundInput - input;
        const step = next.value.subarray(at, at + (sound > 0 ? sound : STEP_BYTES));
        for await (const chunk of leader.push(step)) {
          const fresh = beyond(leader, chunk);
          if (fresh !== null) yield fresh;
        }
        for (let i = 0, size = leader.failed === null ? step.length : 1; i < step.length; i += size) {
          for await (const chunk of follower.push(step.subarray(i, i + size))) {
            const fresh = beyond(follower, chunk);
            if (fresh !== null) yield fresh;
          }
          if (follower.failed !== null || follower.ended) return;
        }
        at += step.length;
        input += step.length;
      }
    }
  } finally {
    leader.close();
    follower.close();
  }
}
