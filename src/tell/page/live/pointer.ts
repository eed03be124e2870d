/** The mouse on the timeline: Ctrl and the wheel zoom around the pointer, a drag chooses a span. */

import { make } from './dom.ts';
import type { Span } from './filtering.ts';

export type Pointed = {
  /** The time at so many pixels from the left of the drawing. */
  readonly timeAt: (x: number) => number;
  readonly zoom: (factor: number, at: number) => void;
  readonly choose: (span: Span) => void;
};

/** Less is a click. */
const LEAST_DRAG = 6;
const WHEEL = 0.0025;

export function takePointer(drawing: HTMLElement, { timeAt, zoom, choose }: Pointed): void {
  const xOf = (event: MouseEvent): number => event.clientX - drawing.getBoundingClientRect().left;
  const band = make('div', { class: 'live-drag', 'aria-hidden': 'true' });
  let start: number | null = null;
  let isDrag = false;

  // Without Ctrl the wheel scrolls the page, as everywhere.
  drawing.addEventListener(
    'wheel',
    event => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const by = Math.max(-400, Math.min(400, event.deltaY));
      zoom(Math.exp(by * WHEEL), timeAt(xOf(event)));
    },
    { passive: false },
  );
  drawing.addEventListener('pointerdown', event => {
    if (event.button !== 0 || !event.isPrimary) return;
    start = xOf(event);
    isDrag = false;
  });
  drawing.addEventListener('pointermove', event => {
    if (start === null) return;
    const x = xOf(event);
    if (!isDrag && Math.abs(x - start) < LEAST_DRAG) return;
    if (!isDrag) {
      isDrag = true;
      drawing.setPointerCapture(event.pointerId);
      drawing.append(band);
    }
    band.style.left = `${Math.min(start, x)}px`;
    band.style.width = `${Math.abs(x - start)}px`;
  });
  drawing.addEventListener('pointerup', event => {
    if (start !== null && isDrag) {
      const [a, b] = [timeAt(start), timeAt(xOf(event))];
      choose({ from: Math.min(a, b), to: Math.max(a, b) });
    }
    end();
  });
  drawing.addEventListener('pointercancel', end);
  // The end of a drag is no click on what lies under it.
  drawing.addEventListener(
    'click',
    event => {
      if (isDrag) event.stopImmediatePropagation();
      isDrag = false;
    },
    true,
  );

  function end(): void {
    start = null;
    band.remove();
  }
}
