/**
 * What a former hunt wrote in `visibility.json`, as far as a comparison asks: its cells. The file may come from another
 * version or another program, so everything is checked and what is wrong is named.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Cell, type Period, type Sight, sights } from '../../judge/index.ts';
import { plain } from '../../tell/index.ts';
import { CannotRun } from '../io.ts';

export const VISIBILITY_FILE = 'visibility.json';
/** Of a file: some hundred bytes for each of half a million cells. */
const MOST_BYTES = 1 << 29;
/** Cells beyond it are of another program: ours writes fewer. */
const MOST_CELLS = 5_000_000;

/**
 * The cells of a hunt: `path` is visibility.json, or the folder that holds it, or another file in that folder. Null = it
 * wrote none, as hunts of older versions did not. Throws `CannotRun`.
 */
export function readVisibility(path: string): readonly Cell[] | null {
  try {
    const folder = statSync(path).isDirectory() ? path : dirname(path);
    const file = path.endsWith('.json') && !path.endsWith(INTRUSIONS) ? path : join(folder, VISIBILITY_FILE);
    if (!existsSync(file)) return null;
    const { size } = statSync(file);
    if (size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES >> 20} MiB`);
    return parseVisibility(readFileSync(file, 'utf8'), plain(file));
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(
      `${plain(path)}: ${plain((error as Error).message)}; name the folder that 'huntaway hunt --out' wrote`,
      error,
    );
  }
}

const INTRUSIONS = 'intrusions.json';

/** `path` is where the text came from, for messages. Throws `CannotRun`. */
export function parseVisibility(text: string, path: string): readonly Cell[] {
  const fail = (at: string, what: string): never => {
    throw new CannotRun(`${path} is no ${VISIBILITY_FILE}: ${at} ${what}`);
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail('it', 'is not JSON');
  }
  if (!isObject(json)) return fail('it', 'is no object');
  if (json['version'] !== 1) return fail('version', 'is not 1');
  const { cells } = json;
  if (!Array.isArray(cells)) return fail('cells', 'is no array');
  const parsed: Cell[] = [];
  for (const [i, each] of cells.entries()) {
    const of = readCells(each);
    if (typeof of === 'string') return fail(`cells[${i}]`, of);
    for (const cell of of) parsed.push(cell);
    if (parsed.length > MOST_CELLS) return fail('cells', 'are more than any hunt writes');
  }
  return parsed;
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One cell for each behaviour of an entry, or what is wrong with it. */
function readCells(value: unknown): readonly Cell[] | string {
  if (!isObject(value)) return 'is no object';
  const { host, behaviours, partial } = value;
  if (typeof host !== 'string' && host !== null) return 'has a host that is no text';
  if (!isTexts(behaviours)) return 'has behaviours that are no texts';
  const sight: Sight | undefined = sights.find(word => word === value['sight']);
  if (sight === undefined) return `has a sight that is none of ${sights.join(', ')}`;
  const period = readPeriod(value);
  if (period === null) return 'has no days from and to';
  const blinds = value['blinds'];
  if (!Array.isArray(blinds) || !blinds.every(Number.isSafeInteger)) return 'has blinds that are no numbers';
  const isPartial = partial === true;
  return behaviours.map(behaviour => ({ behaviour, host, sight, period, isPartial, blinds }));
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}

function readPeriod({ from, to }: Json): Period | null {
  const [first, last] = [dayOf(from), dayOf(to)];
  return first === null || last === null || last < first ? null : { from: first, to: last + 1 };
}

function dayOf(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const millis = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(millis) ? null : millis / 86_400_000;
}
