/** What stands behind a piece of evidence: why it counts, what it is linked with, and the event itself. */
import { make, nameOf } from './dom.ts';
import { indented } from './indented.ts';
import type { Model } from './model.ts';

/** Links that are told of one piece. */
const MOST_LINKS = 20;

/** `look` goes to another piece of evidence. */
export function detailOf(model: Model, position: number, look: (position: number) => void): HTMLElement {
  const each = model.data.evidence[position]!;
  const links = model.linksOf(position);
  return make(
    'div',
    { class: 'live-behind' },
    make('ul', {}, ...each.reasons.map(reason => make('li', {}, reason))),
    each.file !== '' && make('p', {}, 'In ', nameOf(each.file), '.'),
    links.length > 0 && make('p', { class: 'lead' }, 'Linked with'),
    links.length > 0 &&
      make(
        'ul',
        {},
        ...links.slice(0, MOST_LINKS).map(({ from, to, reason }) => {
          const other = from === position ? to : from;
          return make('li', {}, linkTo(model, other, look), `: ${reason}`);
        }),
        links.length > MOST_LINKS && make('li', { class: 'left' }, `${links.length - MOST_LINKS} more`),
      ),
    each.raw === null
      ? make('p', { class: 'left' }, 'The event itself is not in this page.')
      : make(
          'pre',
          { class: 'raw', tabindex: 0, role: 'region', 'aria-label': 'The event' },
          make('bdi', {}, indented(each.raw)),
        ),
  );
}

function linkTo(model: Model, position: number, look: (position: number) => void): HTMLElement {
  const each = model.data.evidence[position]!;
  const link = make(
    'a',
    { href: `#e-${each.id}` },
    `${model.titleOf(each)} on ${model.hostOf(each)}, ${model.timeOf(each.at)}`,
  );
  link.addEventListener('click', event => {
    event.preventDefault();
    event.stopPropagation();
    look(position);
  });
  return link;
}
