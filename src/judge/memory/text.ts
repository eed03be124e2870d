/**
 * A memory as text: JSON with one entry a line, in one order, so that two of them can be compared with any tool. Reading
 * checks every value: a memory decides what counts as evidence, and a file that says anything else is a fault, not a guess.
 */
import { daysIn } from '../days.ts';
import { bounds, MOST_TEXT, tidy } from './memory.ts';
import type { Exposed, Memory, SeenUse, UsedDays } from './types.ts';

export type ParsedMemory =
  | { readonly kind: 'memory'; readonly memory: Memory }
  /** What is wrong, in a clause: `it was written by a newer version`. */
  | { readonly kind: 'fault'; readonly message: string };

/** The text of a memory; the same knowledge gives the same text. */
export function writeMemory(memory: Memory): string {
  const { version, drill, ...lists } = tidy(memory);
  const list = (items: readonly unknown[]): string =>
    items.length === 0 ? '[]' : `[\n${items.map(item => JSON.stringify(item)).join(',\n')}\n]`;
  const parts = Object.entries(lists).map(([name, items]) => `"${name}":${list(items)}`);
  return `{"version":${version},"drill":${drill},\n${parts.join(',\n')}}\n`;
}

/** 2255, up to which microseconds are exact. */
const MOST_MICROS = Number.MAX_SAFE_INTEGER;

/** Never throws. */
export function parseMemory(text: string): ParsedMemory {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'fault', message: 'it is damaged, or no memory' };
  }
  if (!isObject(value) || typeof value['version'] !== 'number')
    return { kind: 'fault', message: 'it is no memory' };
  const { version } = value;
  if (version !== 1 && version !== 2) {
    const newer =
      version > 2 ? 'it was written by a newer version of Huntaway' : `its version ${version} is not known`;
    return { kind: 'fault', message: newer };
  }
  try {
    return {
      kind: 'memory',
      memory: tidy({
        version: 2,
        drill: version === 2 && booleanIn(value, 'drill'),
        exposed: listOf(value, 'exposed', exposedOf),
        uses: listOf(value, 'uses', version === 1 ? formerUseOf : useOf),
        // Version 1 kept no days: its uses count on the days on which they were first and last seen.
        days: version === 1 ? [] : listOf(value, 'days', daysOf),
        krbtgt: listOf(value, 'krbtgt', each => ({
          domain: textIn(each, 'domain'),
          micros: microsIn(each, 'micros'),
        })),
        passwords: listOf(value, 'passwords', each => ({
          account: textIn(each, 'account'),
          micros: microsIn(each, 'micros'),
        })),
        periods: listOf(value, 'periods', each => ({
          host: textIn(each, 'host'),
          from: microsIn(each, 'from'),
          to: microsIn(each, 'to'),
        })),
      }),
    };
  } catch (error) {
    if (error instanceof Fault) return { kind: 'fault', message: error.message };
    throw error;
  }
}

class Fault extends Error {}

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function listOf<T>(value: Values, name: keyof typeof bounds, read: (item: Values) => T): T[] {
  const items = value[name];
  if (!Array.isArray(items)) throw new Fault(`its '${name}' is no list`);
  if (items.length > bounds[name]) throw new Fault(`its '${name}' holds more than ${bounds[name]} entries`);
  return items.map((item: unknown, i) => {
    if (!isObject(item)) throw new Fault(`entry ${i + 1} of '${name}' is no object`);
    try {
      return read(item);
    } catch (error) {
      throw error instanceof Fault ? new Fault(`entry ${i + 1} of '${name}': ${error.message}`) : error;
    }
  });
}

const ways: readonly Exposed['how'][] = ['domain', 'host', 'local', 'profile'];

function exposedOf(item: Values): Exposed {
  const how = ways.find(way => way === item['how']);
  if (how === undefined) throw new Fault(`'how' is none of ${ways.join(', ')}`);
  return {
    account: textIn(item, 'account'),
    scope: textIn(item, 'scope'),
    since: microsIn(item, 'since'),
    how,
    evidence: textIn(item, 'evidence'),
  };
}

function useOf(item: Values): SeenUse {
  return {
    account: textIn(item, 'account'),
    source: textIn(item, 'source'),
    network: textIn(item, 'network'),
    way: textIn(item, 'way'),
    host: textIn(item, 'host'),
    first: microsIn(item, 'first'),
    last: microsIn(item, 'last'),
  };
}

/** What version 1 called the ways of a use. */
const formerWays: Readonly<Record<string, string>> = {
  tunnel: 'vpn',
  'remote session': 'remote',
  'logon 2': 'interactive',
  'logon 3': 'network',
  'logon 8': 'network',
  'logon 10': 'remote',
  'logon 11': 'interactive',
};

/** Version 1: sources were networks, and ways were called otherwise. */
function formerUseOf(item: Values): SeenUse {
  const { source, type } = item;
  return useOf({
    ...item,
    source: source === 'local' ? 'here' : source,
    network: '',
    way: typeof type === 'string' && Object.hasOwn(formerWays, type) ? formerWays[type] : type,
  });
}

function daysOf(item: Values): UsedDays {
  const days = textIn(item, 'days');
  if (days === '' || daysIn(days) === null) throw new Fault("'days' are no days");
  return { account: textIn(item, 'account'), kind: textIn(item, 'kind'), days };
}

function booleanIn(item: Values, key: string): boolean {
  const value = item[key];
  if (typeof value === 'boolean') return value;
  throw new Fault(`its '${key}' is neither true nor false`);
}

function textIn(item: Values, key: string): string {
  const value = item[key];
  if (typeof value === 'string' && value.length <= MOST_TEXT) return value;
  throw new Fault(`'${key}' is no text, or longer than ${MOST_TEXT} characters`);
}

function microsIn(item: Values, key: string): number {
  const value = item[key];
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_MICROS)
    return value;
  throw new Fault(`'${key}' is no whole number`);
}
