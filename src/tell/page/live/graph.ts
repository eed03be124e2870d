/** The graph of entities: what is linked with the one that has the focus stands out, and one chosen becomes a filter. */
import type { Passed } from './filtering.ts';
import type { Model } from './model.ts';
import { moveAmong } from './roving.ts';
import type { Store } from './state.ts';

export type Graph = { readonly show: (passed: Passed) => void };

type Kind = 'address' | 'account' | 'host';
type Entity = { readonly element: SVGGElement; readonly kind: Kind; readonly name: string };

/** Null where the page has no graph. */
export function enliven(model: Model, store: Store): Graph | null {
  const svg = document.querySelector('#graph-drawing svg');
  if (svg === null) return null;
  const entities = [...svg.querySelectorAll<SVGGElement>('.node')].map(entityOf);
  const edges = [...svg.querySelectorAll<SVGPathElement>('.edge')].map(element => ({
    element,
    from: element.dataset['from'] ?? '',
    to: element.dataset['to'] ?? '',
  }));
  svg.setAttribute('role', 'group');

  const linked = (name: string): Set<string> =>
    new Set(edges.flatMap(({ from, to }) => (from === name ? [to] : to === name ? [from] : [])));
  const light = (chosen: Entity | null): void => {
    const near = chosen === null ? new Set<string>() : linked(chosen.name);
    svg.classList.toggle('lit', chosen !== null);
    for (const { element, name } of entities) {
      element.classList.toggle('near', chosen !== null && (name === chosen.name || near.has(name)));
    }
    for (const { element, from, to } of edges) {
      element.classList.toggle('near', chosen !== null && (from === chosen.name || to === chosen.name));
    }
  };

  for (const entity of entities) {
    const { element, kind, name } = entity;
    const beside = [...linked(name)];
    const said = beside.length === 0 ? 'linked with nothing' : `linked with ${beside.slice(0, 8).join(', ')}`;
    const more = beside.length > 8 ? ` and ${beside.length - 8} more` : '';
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', `${shownName(entity)}, ${kind}, ${said}${more}`);
    element.setAttribute('aria-pressed', 'false');
    element.querySelector('title')?.replaceChildren(`${name}: ${said}${more}. Press to filter.`);
    const choose = (): void => toggle(entity, store);
    element.addEventListener('click', choose);
    element.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      choose();
    });
    for (const begin of ['focusin', 'pointerenter']) element.addEventListener(begin, () => light(entity));
    for (const end of ['focusout', 'pointerleave']) element.addEventListener(end, () => light(null));
  }
  moveAmong(entities.map(({ element }) => element));

  return {
    show: passed => {
      const { names, ties } = namedBy(model, passed.evidence);
      const { filters } = store.get();
      for (const entity of entities) {
        entity.element.classList.toggle('out', !names.has(`${entity.kind} ${entity.name}`));
        entity.element.setAttribute('aria-pressed', String(filters[keyOf(entity.kind)] === entity.name));
      }
      for (const { element, from, to } of edges) {
        element.classList.toggle('out', !ties.has(JSON.stringify([from, to])));
      }
    },
  };
}

const kinds: readonly Kind[] = ['address', 'account', 'host'];

function entityOf(element: SVGGElement): Entity {
  const kind = kinds.find((_, layer) => element.classList.contains(`layer-${layer}`)) ?? 'host';
  return { element, kind, name: element.dataset['entity'] ?? '' };
}

/** What the box says comes first, so that who speaks to the computer can say it; then the whole name where that is cut short. */
function shownName({ element, name }: Entity): string {
  const shown = element.querySelector('text')?.textContent ?? name;
  return shown.includes(name) ? shown : `${shown}, ${name}`;
}

/** Addresses have no filter of their own: the search finds them. */
function keyOf(kind: Kind): 'text' | 'account' | 'host' {
  return kind === 'address' ? 'text' : kind;
}

function toggle({ kind, name }: Entity, store: Store): void {
  const key = keyOf(kind);
  store.filter({ [key]: store.get().filters[key] === name ? '' : name });
}

/** What evidence names, and names together: as the page draws it. */
function namedBy(
  { data, linksOf }: Model,
  passed: readonly number[],
): { names: Set<string>; ties: Set<string> } {
  const names = new Set<string>();
  const ties = new Set<string>();
  const isIn = new Set(passed);
  for (const i of passed) {
    const each = data.evidence[i]!;
    const [source, account] = [data.sources[each.source], data.accounts[each.account]];
    const host = data.hosts[each.host]?.name ?? '';
    names.add(`host ${host}`);
    if (account !== undefined) names.add(`account ${account}`);
    if (source !== undefined) names.add(`address ${source}`);
    if (source !== undefined) ties.add(JSON.stringify([source, account ?? host]));
    if (account !== undefined) ties.add(JSON.stringify([account, host]));
    for (const { from, to } of linksOf(i)) {
      if (from !== i || !isIn.has(to)) continue;
      ties.add(JSON.stringify([host, data.hosts[data.evidence[to]!.host]?.name ?? '']));
    }
  }
  return { names, ties };
}
