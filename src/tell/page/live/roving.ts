/** One stop of the tab key for many things: arrows move among them, as in a toolbar. */

/** Right and down lead to the next in the order given, left and up back, Home and End to the ends. */
export function moveAmong(elements: readonly (HTMLElement | SVGElement)[]): void {
  for (const [i, element] of elements.entries()) {
    element.setAttribute('tabindex', i === 0 ? '0' : '-1');
    element.addEventListener('keydown', event => {
      const { key } = event as KeyboardEvent;
      const to = elements[target(key, i, elements.length)];
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      for (const each of elements) each.setAttribute('tabindex', each === to ? '0' : '-1');
      to.focus();
    });
  }
}

/** -1 where the key leads nowhere. */
export function target(key: string, from: number, count: number): number {
  if (key === 'ArrowRight' || key === 'ArrowDown') return from + 1 < count ? from + 1 : -1;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return from - 1;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : -1;
}
