/** The bar of filters, and the sentence that says what they leave, which a screen reader hears as it changes. */
import { verdictWords } from '../../intrusions/index.ts';
import { counted } from '../../terminal/index.ts';
import { button, make, say } from './dom.ts';
import { isFiltered, noFilters, type Passed } from './filtering.ts';
import type { Model } from './model.ts';
import type { State, Store } from './state.ts';

/** Between the last letter and the search. */
const PAUSE = 150;

export type Controls = {
  readonly element: HTMLElement;
  readonly show: (state: State, passed: Passed) => void;
};

type Choice = { readonly value: string; readonly label: string };
type Chosen = 'stage' | 'behaviour' | 'host' | 'account' | 'verdict';

export function createControls(model: Model, store: Store): Controls {
  const choices = choicesOf(model);
  const search = make('input', { type: 'search', id: 'live-text', autocomplete: 'off', spellcheck: 'false' });
  let pause = 0;
  search.addEventListener('input', () => {
    clearTimeout(pause);
    pause = window.setTimeout(() => store.filter({ text: search.value.trim() }), PAUSE);
  });
  const selects = (Object.keys(choices) as Chosen[]).map(key => {
    const select = make(
      'select',
      { id: `live-${key}` },
      make('option', { value: '' }, 'all'),
      ...choices[key].map(({ value, label }) => make('option', { value }, label)),
    );
    select.addEventListener('change', () => store.filter({ [key]: select.value }));
    return { key, select };
  });
  const status = make('p', { class: 'live-status', role: 'status', 'aria-live': 'polite' });
  const clear = button('Clear all filters', { class: 'live-clear' }, () => store.filter(noFilters));
  const element = make(
    'form',
    { class: 'live live-bar', role: 'search', 'aria-label': 'Filter evidence, timeline and graph' },
    make(
      'div',
      { class: 'live-fields' },
      field('Text', search),
      ...selects.map(({ key, select }) => field(titles[key], select)),
    ),
    make('div', { class: 'live-said' }, status, clear),
  );
  element.addEventListener('submit', event => event.preventDefault());
  return {
    element,
    show: ({ filters }, passed) => {
      if (document.activeElement !== search || filters.text === '') search.value = filters.text;
      search.classList.toggle('chosen', filters.text !== '');
      for (const { key, select } of selects) {
        select.value = filters[key];
        // A name that this page does not know, from an address: shown as what it is and not as "all".
        if (select.value !== filters[key]) {
          select.append(make('option', { value: filters[key] }, `${filters[key]} (not here)`));
          select.value = filters[key];
        }
        select.classList.toggle('chosen', filters[key] !== '');
      }
      clear.hidden = !isFiltered(filters);
      say(status, said(model, passed, filters.span !== null));
    },
  };
}

const titles: Readonly<Record<Chosen, string>> = {
  verdict: 'Verdict',
  host: 'Host',
  account: 'Account',
  stage: 'Stage',
  behaviour: 'Behaviour',
};

function field(label: string, input: HTMLElement): HTMLElement {
  return make('div', {}, make('label', { for: input.id }, label), input);
}

function said({ data }: Model, { evidence }: Passed, hasSpan: boolean): string {
  const hosts = new Set(evidence.map(i => data.evidence[i]!.host));
  const all = counted(data.evidence.length, 'piece');
  const shown =
    evidence.length === data.evidence.length
      ? `All ${all} of evidence`
      : `${counted(evidence.length, 'piece')} of evidence of ${all.split(' ')[0]!}`;
  return `${shown}, on ${counted(hosts.size, 'host')}${hasSpan ? ', in the chosen span' : ''}.`;
}

/** Only what evidence has: a choice that leaves nothing helps nobody. */
function choicesOf({ data }: Model): Record<Chosen, Choice[]> {
  const { evidence, hosts, accounts, stages, behaviours, intrusions } = data;
  const used = <T>(of: (each: (typeof evidence)[number]) => T): Set<T> => new Set(evidence.map(of));
  const [usedHosts, usedAccounts] = [used(each => each.host), used(each => each.account)];
  const [usedStages, usedBehaviours] = [used(each => each.stage), used(each => each.behaviour)];
  const verdicts = new Set(intrusions.map(({ verdict }) => verdict));
  return {
    verdict: [...verdicts].map(value => ({ value, label: wordOf(value) })),
    host: named(hosts.flatMap(({ name }, i) => (usedHosts.has(i) ? name : []))),
    account: named(accounts.filter((_, i) => usedAccounts.has(i))),
    stage: stages.flatMap(({ id, title }, i) => (usedStages.has(i) ? { value: id, label: title } : [])),
    behaviour: Object.entries(behaviours).flatMap(([value, label]) =>
      usedBehaviours.has(value) ? { value, label: `${label} (${value})` } : [],
    ),
  };
}

function named(names: readonly string[]): Choice[] {
  return names.toSorted().map(name => ({ value: name, label: name }));
}

/** What readers call a verdict. */
export function wordOf(verdict: string): string {
  return Object.hasOwn(verdictWords, verdict) ? verdictWords[verdict as keyof typeof verdictWords] : verdict;
}
