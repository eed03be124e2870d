/**
 * Cuts the work into units that workers take from a common counter. A unit is about 4 MB: small enough that
 * workers finish together, large enough that taking one costs nothing. Chunks of a log are independent, so a
 * large file is cut where its source allows; small files share a unit; what can only be read from front to back
 * (archive members, standard input) is a unit of its own and goes first, because it may be the longest.
 */
import type { Input } from '../../read/inputs/index.ts';

/** A stretch of one input; `end` -1 = a stream, read to its end. */
export type Piece = { readonly input: number; readonly start: number; readonly end: number };
export type Unit = readonly Piece[];

export type Plan = {
  /** For any worker. */
  readonly units: readonly Unit[];
  /** Only for the main thread, which holds standard input. */
  readonly local: readonly Unit[];
};

/** By index of the input: how many pieces it was cut into. */
export function piecesOf({ units, local }: Plan): Map<number, number> {
  const pieces = new Map<number, number>();
  for (const unit of [...units, ...local]) {
    for (const { input } of unit) pieces.set(input, (pieces.get(input) ?? 0) + 1);
  }
  return pieces;
}

/** 64 chunks of an event log. */
export const UNIT_BYTES: number = 4 << 20;

export function isStream(input: Input): boolean {
  return input.file === null || input.steps.length > 0;
}

/** `splitPoints` as `Source.splitPoints` of the input's source gives them. */
export function planUnits(
  inputs: readonly Input[],
  splitPoints: (input: Input, target: number) => readonly number[],
): Plan {
  const streams: Unit[] = [];
  const local: Unit[] = [];
  const units: Unit[] = [];
  let open: Piece[] = [];
  let openBytes = 0;
  const close = (): void => {
    if (open.length > 0) units.push(open);
    open = [];
    openBytes = 0;
  };
  inputs.forEach((input, index) => {
    if (isStream(input)) {
      (input.file === null ? local : streams).push([{ input: index, start: 0, end: -1 }]);
      return;
    }
    const points = input.size > UNIT_BYTES ? splitPoints(input, UNIT_BYTES) : [0];
    points.forEach((start, i) => {
      const end = points[i + 1] ?? input.size;
      open.push({ input: index, start, end });
      openBytes += end - start;
      if (openBytes >= UNIT_BYTES) close();
    });
  });
  close();
  const sizeOf = (unit: Unit): number => inputs[unit[0]!.input]!.size;
  streams.sort((a, b) => sizeOf(b) - sizeOf(a) || a[0]!.input - b[0]!.input);
  return { units: [...streams, ...units], local };
}

/** Below this much input the start of another worker (rules, automata, JIT) costs more than it saves. */
const WORTH_ANOTHER_WORKER = 200e6;
export const MOST_WORKERS = 4;

/** How many workers to use where the user did not say. */
export function chooseWorkers(bytes: number, units: number, cores: number): number {
  if (bytes < WORTH_ANOTHER_WORKER) return 1;
  return Math.max(1, Math.min(cores, MOST_WORKERS, units));
}
