/** Process trees fold: a button before each process that started others. On paper they stand open. */
import { make } from './dom.ts';

/** Trees that are folded away get their buttons when they are opened: there may be thousands. */
export function enlivenTrees(): void {
  for (const group of document.querySelectorAll<HTMLDetailsElement>('#processes details')) {
    if (group.open) addFolders(group);
    else group.addEventListener('toggle', () => addFolders(group), { once: true });
  }
}

function addFolders(group: HTMLElement): void {
  for (const branch of group.querySelectorAll('.tree li')) {
    const children = branch.querySelector(':scope > ul');
    if (children !== null) branch.prepend(folder(branch, children));
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
