/** The marks of stages, in the colours and shapes that the page gives them. */
import { outlines } from '../shapes.ts';
import { draw } from './dom.ts';

/** A mark at a place of a drawing; a stage that the page does not know gets a square without a colour of its own. */
export function markOf(stage: string, x: number, y: number, scale = 1): SVGPathElement {
  const d = Object.hasOwn(outlines, stage) ? outlines[stage as keyof typeof outlines] : 'M-5-5H5V5H-5Z';
  const size = scale === 1 ? '' : ` scale(${scale})`;
  return draw('path', { class: `st st-${stage}`, d, transform: `translate(${x} ${y})${size}` });
}

/** The mark beside a word; the word says it. */
export function signOf(stage: string): SVGElement {
  return draw(
    'svg',
    {
      class: 'shape',
      viewBox: '-8 -8 16 16',
      width: 14,
      height: 14,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    markOf(stage, 0, 0),
  );
}
