/** Checks of what one correlation says: its bounds, its timespan, its aliases. */
import type { Bound, Correlation } from '../sigma/index.ts';
import { type DocumentCheck, placeOf, placeWithin } from './problem.ts';

const YEAR = 366 * 86_400e6;

export const aliasUnused: DocumentCheck = {
  code: 'alias-unused',
  severity: 'warning',
  about: 'A correlation declares an alias that neither its group-by nor its condition names',
  *run(document, written) {
    if (document.kind !== 'correlation') return;
    const used = new Set([...document.groupBy, ...document.condition.fields]);
    for (const { name } of document.aliases) {
      if (used.has(name)) continue;
      const place =
        written(document)?.within('correlation').within('aliases').key(name) ??
        placeOf(document, written, 'correlation');
      yield { message: `the alias '${name}' is named neither in 'group-by' nor in the condition`, place };
    }
  },
};

export const boundsNever: DocumentCheck = {
  code: 'bounds-never',
  severity: 'warning',
  about: 'The bounds of a correlation exclude each other, or more rules are asked for than it has',
  *run(document, written) {
    if (document.kind !== 'correlation' || canHold(document)) return;
    const { type, rules } = document;
    const why = isTemporal(document)
      ? `it has ${counted(rules.length, 'rule')}`
      : 'no number is in all bounds';
    yield {
      message: `the condition of ${type} can never hold: ${why}`,
      place: placeWithin(document, written, 'correlation', 'condition', ''),
    };
  },
};

export const firesOnEach: DocumentCheck = {
  code: 'fires-on-each',
  severity: 'note',
  about: 'One event alone meets the condition of a correlation, so that it fires wherever a rule does',
  *run(document, written) {
    if (document.kind !== 'correlation' || !isMetByOne(document) || !canHold(document)) return;
    yield {
      message: 'one event alone meets the condition: it fires wherever a rule that it refers to does',
      place: placeWithin(
        document,
        written,
        'correlation',
        document.condition.bounds.length > 0 ? 'condition' : 'rules',
        '',
      ),
    };
  },
};

export const timespanOdd: DocumentCheck = {
  code: 'timespan-odd',
  severity: 'note',
  about: 'The timespan of a correlation is nothing or longer than a year',
  *run(document, written) {
    if (document.kind !== 'correlation') return;
    const { timespan } = document;
    if (timespan > 0 && timespan <= YEAR) return;
    const inside = written(document)?.within('correlation');
    yield {
      message:
        timespan === 0
          ? 'a timespan of nothing: only events of the same moment come together'
          : 'a timespan of more than a year: few logs reach so far back',
      place: inside?.key('timespan') ?? inside?.key('timeframe') ?? placeOf(document, written, 'correlation'),
    };
  },
};

/** Types that ask how many, of events, values or rules: whole numbers from 1. */
function counts({ type }: Correlation): boolean {
  return type === 'event_count' || type === 'value_count';
}

function isTemporal({ type }: Correlation): boolean {
  return type === 'temporal' || type === 'temporal_ordered';
}

function holds({ op, value }: Bound, number: number): boolean {
  switch (op) {
    case 'gt':
      return number > value;
    case 'gte':
      return number >= value;
    case 'lt':
      return number < value;
    case 'lte':
      return number <= value;
    case 'eq':
      return number === value;
    case 'neq':
      return number !== value;
  }
}

/** Whether a number meets all bounds. Where one does, one of those at or between the bounds does. */
function canHold(correlation: Correlation): boolean {
  const { bounds } = correlation.condition;
  const values = bounds.map(({ value }) => value).sort((a, b) => a - b);
  const isWhole = counts(correlation) || isTemporal(correlation);
  const most = isTemporal(correlation) ? correlation.rules.length : Number.POSITIVE_INFINITY;
  const candidates = isWhole
    ? [1, ...values.flatMap(value => [Math.floor(value) - 1, Math.floor(value), Math.floor(value) + 1])]
    : values.flatMap((value, i) => [value - 1, value, ((values[i + 1] ?? value + 2) + value) / 2]);
  const possible = isWhole ? candidates.filter(number => number >= 1 && number <= most) : candidates;
  return bounds.length === 0 || possible.some(number => bounds.every(bound => holds(bound, number)));
}

/** A count of one is enough, or the one rule that has to occur. */
function isMetByOne(correlation: Correlation): boolean {
  const { condition, rules } = correlation;
  if (condition.occurrence !== null) return false;
  if (isTemporal(correlation) && condition.bounds.length === 0) return rules.length === 1;
  if (!counts(correlation) && !isTemporal(correlation)) return false;
  return condition.bounds.every(bound => holds(bound, 1));
}

function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
