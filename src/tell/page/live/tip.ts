/** What the mark under the pointer or with the focus stands for. The mark's own name says the same to a screen reader. */
import { make, say } from './dom.ts';

export type Tip = {
  readonly element: HTMLElement;
  readonly show: (beside: Element, text: string) => void;
  readonly hide: () => void;
};

const WIDTH = 340;
/** Of an example from a log. */
const MOST = 400;

/** Lies inside `frame`, which has to be positioned. */
export function createTip(frame: HTMLElement): Tip {
  const element = make('div', { class: 'live-tip', 'aria-hidden': 'true', hidden: true });
  return {
    element,
    show: (beside, text) => {
      say(element, text.length > MOST ? `${text.slice(0, MOST)}…` : text);
      const [mark, around] = [beside.getBoundingClientRect(), frame.getBoundingClientRect()];
      const width = Math.min(WIDTH, around.width - 8);
      const left = mark.left - around.left - width / 2;
      element.style.width = `${width}px`;
      element.style.left = `${Math.min(Math.max(4, left), Math.max(4, around.width - width - 4))}px`;
      element.style.top = `${mark.bottom - around.top + 6}px`;
      element.hidden = false;
    },
    hide: () => {
      element.hidden = true;
    },
  };
}
