/** Process trees fold: a button before each process that started others. On paper they stand open. */
import { make } from './dom.ts';

export function enlivenTrees(): void {
  for (const tree of document.querySelectorAll('#processes .tree')) {
    for (const branch of tree.querySelectorAll('li')) {
      const children = branch.querySelector(':scope > ul');
      if (children !== null) branch.prepend(folder(branch, children));
    }
  }
}

function folder(branch: Element, children: Element): HTMLElement {
  const count = children.querySelectorAll('li').length;
  const said = branch.querySelector(':scope > a, :scope > .beyond')?.textContent?.slice(0, 80) ?? '';
  const made = make('button', {
    type: 'button',
    class: 'live live-fold',
    'aria-expanded': 'true',
    'aria-label': `${count} below ${said}`,
  });
  made.addEventListener('click', () => {
    const isOpen = !children.classList.toggle('folded');
    made.setAttribute('aria-expanded', String(isOpen));
  });
  return made;
}
