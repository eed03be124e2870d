/** What text sources answer of an input before they read it. */
import { encodingOf } from './encoding.ts';
import { TextWindow } from './window.ts';

/** Text of the beginning of an input (up to 4 KiB), whatever its encoding, without its mark: for `recognises`. */
export function openingOf(head: Uint8Array): string {
  const encoding = encodingOf(head);
  const window = new TextWindow(Math.max(1, head.length), head.length);
  window.begin(encoding, encoding.mark);
  window.append(head.subarray(encoding.mark), true);
  return window.text(0, window.end);
}

/** Where a file of lines may be cut: anywhere, because a line belongs to the piece in which it begins. */
export function linePoints(size: number, target: number): number[] {
  const step = Math.max(4096, target);
  const points = [0];
  // The last piece takes what would be less than half of one.
  for (let at = step; at + step / 2 <= size; at += step) points.push(at);
  return points;
}
