/**
 * Paths in values: with either slash, doubled where a text escapes them, on a drive, as a device, through an administrative
 * share, below a variable for Windows' own folder. A path is found where its steps stand whole and in order; a folder is
 * found in the paths of what lies in it.
 */
import { isInWindows, type PathTerm } from '../../know/terms/index.ts';
import { dotJoins, somePlace } from './boundaries.ts';

/** What may stand behind the last step: the next step, a quote, a blank, what parts arguments, a stream, a position. */
const ENDS = new Set('\\"\'`,;|<>()[]{}:*?=\t\r\n \0');
/** What may stand before the first step of a path that begins nowhere. */
const STARTS = new Set('\\"\'`,;|<>()[]{}:*?=@\t\r\n \0');
/** Of what stands before a path, as much as can matter. */
const REACH = 64;

/** Where the top of a volume is what is meant. */
const device = /\\(?:device|global\?\?)\\harddisk(?:volume\d+|\d+\\partition\d+)$/;
const onDrive = /(?:^|[^a-z0-9])[a-z][:$]$/;
const systemRoot = /(?:%systemroot%|%windir%|\\systemroot|\$env:(?:systemroot|windir))$/;

/** True where a folded value holds the path. */
export function pathTest(term: PathTerm): (text: string) => boolean {
  const { start, steps } = term;
  const joined = steps.join('\\');
  const isFree = start.kind === 'anywhere';
  const isWindows = isInWindows(term);
  const below = `\\${steps.slice(1).join('\\')}`;
  const begins = (before: string): boolean => {
    switch (start.kind) {
      case 'anywhere':
        return before === '' || STARTS.has(before.at(-1)!);
      case 'drive':
        return isDrive(before, start.drive) || device.test(before);
      case 'top':
        return onDrive.test(before) || device.test(before) || startsFresh(before);
      case 'share':
        return (
          (startsFresh(before) && !onDrive.test(before)) ||
          /(?:^|\\)unc$/.test(before) ||
          before.endsWith('\\device\\mup')
        );
    }
  };
  return value => {
    const text = value.replaceAll('/', '\\').replace(/\\{2,}/g, '\\');
    const stands = (word: string, fits: (before: string) => boolean): boolean =>
      somePlace(text, word, (at, end) => ends(text, end) && fits(text.slice(Math.max(0, at - REACH), at)));
    if (stands(isFree ? joined : `\\${joined}`, begins)) return true;
    return isWindows && stands(below, before => systemRoot.test(before));
  };
}

function ends(text: string, end: number): boolean {
  if (end >= text.length || ENDS.has(text[end]!)) return true;
  return text[end] === '.' && !dotJoins(text, end, 1) && text[end + 1] !== '.';
}

/** `c:`, or the administrative share `c$`. */
function isDrive(before: string, drive: string): boolean {
  const mark = before.at(-1);
  if (before.at(-2) !== drive || (mark !== ':' && mark !== '$')) return false;
  return before.length < 3 || !/[\p{L}\p{N}_]/u.test(before.at(-3)!);
}

/** Nothing that would be a step before it. */
function startsFresh(before: string): boolean {
  return (
    before === '' ||
    (before.at(-1) !== '\\' && STARTS.has(before.at(-1)!)) ||
    /(?:^|[^\w])\\[?.]$/.test(before)
  );
}
