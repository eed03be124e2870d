/** Which evidence passes the filters. Pure: what the page shows is worked out here, once for all its parts. */
import type { PageRest } from '../data.ts';
import type { Model } from './model.ts';

/** Microseconds, both ends within. */
export type Span = { readonly from: number; readonly to: number };

/** Names and ids as the page says them, so that an address with them is still right for a later page; `''` = all. */
export type Filters = {
  readonly text: string;
  readonly stage: string;
  readonly behaviour: string;
  readonly host: string;
  readonly account: string;
  readonly verdict: string;
  readonly span: Span | null;
};

export const noFilters: Filters = {
  text: '',
  stage: '',
  behaviour: '',
  host: '',
  account: '',
  verdict: '',
  span: null,
};

/** Positions of evidence in order of time. */
export type Passed = {
  readonly evidence: readonly number[];
  /** As if no span were chosen: what a timeline draws, to show what lies outside of it. */
  readonly anyTime: readonly number[];
};

export function pass(model: Model, filters: Filters): Passed {
  const passes = matcher(model, filters);
  const anyTime = model.inOrder.filter(passes);
  const { span } = filters;
  const { evidence } = model.data;
  return { anyTime, evidence: span === null ? anyTime : anyTime.filter(i => within(span, evidence[i]!.at)) };
}

export function isFiltered(filters: Filters): boolean {
  return Object.values(filters).some(each => each !== '' && each !== null);
}

/** Findings outside the stories: they have neither stage nor account, so such a filter shows none of them. */
export function passesRest(rest: PageRest, model: Model, filters: Filters): boolean {
  const { text, stage, behaviour, host, account, verdict, span } = filters;
  if (stage !== '' || behaviour !== '' || account !== '' || verdict !== '') return false;
  const name = model.data.hosts[rest.host]?.name ?? '';
  if (host !== '' && name !== host) return false;
  if (span !== null && (rest.first > span.to || rest.last < span.from)) return false;
  const all = `${rest.rule}\n${rest.said}\n${name}\n${rest.level}`.toLowerCase();
  return wordsOf(text).every(word => all.includes(word));
}

function within({ from, to }: Span, at: number | null): boolean {
  return at !== null && at >= from && at <= to;
}

/** Every filter but the span. A name that the page does not know passes nothing. */
function matcher(model: Model, filters: Filters): (position: number) => boolean {
  const { data, textOf } = model;
  const { evidence, intrusions } = data;
  const words = wordsOf(filters.text);
  const stage = data.stages.findIndex(({ id }) => id === filters.stage);
  const host = data.hosts.findIndex(({ name }) => name === filters.host);
  const account = data.accounts.indexOf(filters.account);
  return i => {
    const each = evidence[i]!;
    return (
      (filters.stage === '' || (each.stage === stage && stage >= 0)) &&
      (filters.host === '' || (each.host === host && host >= 0)) &&
      (filters.account === '' || (each.account === account && account >= 0)) &&
      (filters.behaviour === '' || each.behaviour === filters.behaviour) &&
      (filters.verdict === '' || intrusions[each.of]?.verdict === filters.verdict) &&
      words.every(word => textOf(i).includes(word))
    );
  };
}

/** All of them have to be there, in any order. */
function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
}
