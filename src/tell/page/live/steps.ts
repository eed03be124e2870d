/** Where an arrow leads from a mark of the timeline: along its lane in time, or to the nearest mark of another lane. Pure. */
import type { PageEvidence } from '../data.ts';
import type { Lane, Mark } from './lanes.ts';

/**
 * The position of the evidence to go to, perhaps outside of the window; null where the key leads nowhere. `marks` by lane, in the
 * order of `lanes`.
 */
export function stepAmong(
  key: string,
  current: number,
  lanes: readonly Lane[],
  marks: readonly (readonly Mark[])[],
  all: readonly PageEvidence[],
): number | null {
  const at = lanes.findIndex(({ host }) => host === all[current]?.host);
  const lane = lanes[at];
  if (lane === undefined) return null;
  const mark = marks[at]?.find(({ evidence }) => evidence.includes(current));
  const [first, last] = [mark?.evidence[0] ?? current, mark?.evidence.at(-1) ?? current];
  if (key === 'ArrowRight') return lane.evidence[lane.evidence.indexOf(last) + 1] ?? null;
  if (key === 'ArrowLeft') return lane.evidence[lane.evidence.indexOf(first) - 1] ?? null;
  if (key === 'Home') return lane.evidence[0] ?? null;
  if (key === 'End') return lane.evidence.at(-1) ?? null;
  const by = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return null;
  for (let i = at + by; i >= 0 && i < lanes.length; i += by) {
    const near = nearest(marks[i] ?? [], mark?.x ?? 0);
    if (near !== null) return near.evidence[0]!;
  }
  return null;
}

function nearest(marks: readonly Mark[], x: number): Mark | null {
  let best: Mark | null = null;
  for (const each of marks) {
    if (best === null || Math.abs(each.x - x) < Math.abs(best.x - x)) best = each;
  }
  return best;
}
