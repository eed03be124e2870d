/**
 * The logon of what is typed at a PowerShell prompt. A script block knows the process that ran it and whose it was, and not
 * the logon; the start of that process does (4688, Sysmon 1). So what was typed belongs to the visit in which the prompt was
 * opened, and the way there is found as for any command.
 *
 * One scan of the process starts, only where there are such items; a text and a few numbers for each process they name.
 */
import type { FactSource } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import type { Item } from './item.ts';
import { logonsOf, type Names } from './names.ts';
import { DAY } from './time.ts';

/** Windows PowerShell, PowerShell 6 and later, the editor, and a session over WinRM. */
const shells: ReadonlySet<string> = new Set([
  'powershell.exe',
  'pwsh.exe',
  'powershell_ise.exe',
  'wsmprovhost.exe',
]);
/** A prompt left open longer than that may have been closed, and its id given to another. */
const PROMPT_LASTS = DAY;
/** Starts of one process id that are looked at. */
const MOST_STARTS = 64;

type Start = {
  readonly micros: number;
  readonly logons: readonly number[];
  readonly sid: string | undefined;
  readonly accountKey: string | null;
};

/** The same items in the same order; those of a prompt whose start the logs hold act in its logon. */
export function inLogonOfShell(items: readonly Item[], facts: FactSource, names: Names): Item[] {
  const wanted = new Map<string, Start[]>();
  for (const item of items) if (isTyped(item)) wanted.set(`${item.host} ${item.pid}`, []);
  if (wanted.size === 0) return [...items];
  facts.scan(
    view => {
      const pid = view.number('pid');
      if (pid === undefined || view.micros === NO_TIME) return;
      const starts = wanted.get(`${names.host(view.host)} ${pid}`);
      if (starts === undefined || starts.length >= MOST_STARTS || !isShell(view.text('image'))) return;
      const [logonId, sid] = [view.number('logonId'), view.text('sid')];
      const { key } = names.account(view.text('account'), sid);
      if (logonId !== undefined)
        starts.push({ micros: view.micros, logons: logonsOf({ logonId }), sid, accountKey: key });
    },
    ['process-start'],
  );
  return items.map(item => {
    const start = isTyped(item) ? startOf(item, wanted.get(`${item.host} ${item.pid}`) ?? []) : null;
    return start === null || start.logons.length === 0 ? item : { ...item, logons: start.logons };
  });
}

function isTyped({ fact, logons, pid, micros }: Item): boolean {
  const isScript = fact.channel.toLowerCase().includes('powershell') && fact.type === 'event';
  return isScript && logons.length === 0 && pid !== undefined && micros !== NO_TIME;
}

function isShell(image: string | undefined): boolean {
  return image !== undefined && shells.has(image.slice(image.lastIndexOf('\\') + 1).toLowerCase());
}

/** The last start before it, unless it was somebody else's. */
function startOf(item: Item, starts: readonly Start[]): Start | null {
  let last: Start | null = null;
  for (const start of starts) {
    const isBefore = start.micros <= item.micros && item.micros - start.micros <= PROMPT_LASTS;
    if (isBefore && (last === null || start.micros > last.micros)) last = start;
  }
  return last === null || isOfAnother(item, last) ? null : last;
}

/** By SID where both have one, else by name; a SID whose name nobody knows is not told from a name. */
function isOfAnother({ accountKey, fact }: Item, start: Start): boolean {
  const { sid } = fact.values;
  if (sid !== undefined && start.sid !== undefined) return sid.toUpperCase() !== start.sid.toUpperCase();
  if (accountKey === null || start.accountKey === null || accountKey.startsWith('s-1-')) return false;
  return accountKey !== start.accountKey;
}
