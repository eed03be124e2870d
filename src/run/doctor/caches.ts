/** The caches of compiled rules: how many, how large, how old; or what became of them. */
import { clearRuleCaches, type RuleCache, ruleCaches } from '../../know/rulesets/index.ts';
import { formatBytes } from '../../read/inputs/index.ts';
import type { Check } from '../../tell/index.ts';
import { errorCode } from '../io.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Looks at the caches in `directory` (null = there is none), or removes them. `now` in milliseconds. */
export function checkCaches(directory: string | null, clear: boolean, now: number): Check {
  const name = 'rule caches';
  const ok = (found: string): Check => ({ name, verdict: 'ok', found, remedy: null });
  if (directory === null) return ok('none: no cache folder');
  try {
    if (clear) {
      const removed = clearRuleCaches(directory);
      return ok(removed.length === 0 ? 'none to remove' : `removed: ${sized(removed)}`);
    }
    const caches = ruleCaches(directory);
    if (caches.length === 0) return ok('none');
    const ages = [...new Set([caches.at(-1)!, caches[0]!].map(({ modified }) => ageWords(now - modified)))];
    return ok(`${sized(caches)}, ${ages.join(' to ')} old; --clear-cache removes them`);
  } catch (error) {
    const remedy = 'name another folder with --cache-dir; without a cache rules are compiled anew each time';
    return {
      name,
      verdict: 'note',
      found: `cannot be listed (${errorCode(error) ?? String(error)})`,
      remedy,
    };
  }
}

function sized(caches: readonly RuleCache[]): string {
  const bytes = caches.reduce((sum, { size }) => sum + size, 0);
  return `${caches.length} ${caches.length === 1 ? 'file' : 'files'}, ${formatBytes(bytes)}`;
}

/** Whole days, or hours below one day. */
function ageWords(milliseconds: number): string {
  if (milliseconds < HOUR) return 'less than an hour';
  const [value, unit] =
    milliseconds < DAY ? [Math.floor(milliseconds / HOUR), 'hour'] : [Math.floor(milliseconds / DAY), 'day'];
  return `${value} ${unit}${value === 1 ? '' : 's'}`;
}
