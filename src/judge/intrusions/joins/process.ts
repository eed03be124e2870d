/**
 * Same process, or one that started the other. Sysmon says so by ProcessGuid; elsewhere a process id means a process only
 * for a while, so the start that was seen last within an hour is taken, on the same host and since the same start of it.
 * ESENT names the process that opened a database in its text, which no other trace of a directory theft does.
 */
import type { FactType, FactValues } from '../../../read/entities/index.ts';
import type { Item } from '../item.ts';
import { HOUR, near, SECOND } from '../time.ts';
import { byKey, type Evidenced, type Joiner, neighbours, type Pair, saidPid } from './join.ts';

/** How long a process id is believed. Longer than the commands at issue run, shorter than ids usually take to recur. */
const PID_LASTS = HOUR;
/** Security 4688 and Sysmon 1 of one start lie milliseconds apart. */
const SAME_START = 2 * SECOND;

/** The kernel's own process. */
const SYSTEM_PID = 4;

/** Parents that start what others ask for: being started by the same one of them joins nothing. */
const brokers: ReadonlySet<string> = new Set([
  'services.exe',
  'svchost.exe',
  'wmiprvse.exe',
  'wininit.exe',
  'winlogon.exe',
  'userinit.exe',
  'explorer.exe',
  'taskeng.exe',
  'taskhostw.exe',
  'taskhost.exe',
  'dllhost.exe',
  'smss.exe',
  'lsass.exe',
]);

export const joinProcesses: Joiner = function* (evidenced) {
  yield* byGuid(evidenced);
  yield* byPid(evidenced);
};

function* byGuid({ items }: Evidenced): Generator<Pair> {
  const index = byKey(items, ({ fact: { type, values } }) => {
    const keys = values.guid === undefined || !isOwn(type, values) ? [] : [values.guid];
    if (values.parentGuid !== undefined && !isBroker(values.parentImage)) keys.push(values.parentGuid);
    return keys;
  });
  for (const { key, from, to } of neighbours(items, index)) {
    const [a, b] = [items[from]!.fact.values, items[to]!.fact.values];
    const said =
      a.guid === key && b.guid === key
        ? 'same process'
        : b.guid === key || a.guid === key
          ? 'one started the other: process'
          : 'started by the same process';
    yield { from, to, join: 'process', reason: () => `${said} {${key}}` };
  }
}

/**
 * Whether the process of an event is one that somebody had started for his ends. A logon names the process that let him in,
 * and what a service of Windows did for all may have been anybody's.
 */
function isOwn(type: FactType, { image }: FactValues): boolean {
  if (type === 'process-start') return true;
  return type === 'event' && (image === undefined || !isBroker(image));
}

function isBroker(image: string | undefined): boolean {
  return image === undefined || brokers.has(image.slice(image.lastIndexOf('\\') + 1).toLowerCase());
}

function* byPid(evidenced: Evidenced): Generator<Pair> {
  const { items, context } = evidenced;
  /** Under host, boot and process id: what was last seen of that process, and whether that was its start. */
  const last = new Map<string, number>();
  for (const [position, item] of items.entries()) {
    const where = `${item.host} ${context.boot(item.host, item.micros)}`;
    const { parentPid } = item.fact.values;
    const starts = item.fact.type === 'process-start';
    if (starts && parentPid !== undefined) {
      yield* toParent(items, last.get(`${where} ${parentPid}`), position, parentPid);
      yield* overParent(evidenced, last, where, position, parentPid);
    }
    if (item.pid === undefined || item.pid <= SYSTEM_PID || !isOwn(item.fact.type, item.fact.values))
      continue;
    const before = last.get(`${where} ${item.pid}`);
    if (before !== undefined && near(items[before]!.micros, item.micros, starts ? SAME_START : PID_LASTS)) {
      yield { from: before, to: position, join: 'process', reason: saidSame(item) };
    }
    last.set(`${where} ${item.pid}`, position);
  }
}

const saidSame = ({ host, pid }: Item) => {
  return (): string => `same process ${saidPid(pid!)} on ${host}`;
};

function* toParent(
  items: readonly Item[],
  parent: number | undefined,
  position: number,
  pid: number,
): Generator<Pair> {
  const item = items[position]!;
  if (parent === undefined || parent === position || !near(items[parent]!.micros, item.micros, PID_LASTS))
    return;
  const reason = (): string => `process ${saidPid(pid)} on ${item.host} started the other`;
  yield { from: parent, to: position, join: 'process', reason };
}

/** A shell between two pieces of evidence is none itself: the start of the parent leads on to who started that. */
function* overParent(
  { items, context }: Evidenced,
  last: ReadonlyMap<string, number>,
  where: string,
  position: number,
  pid: number,
): Generator<Pair> {
  const item = items[position]!;
  if (last.has(`${where} ${pid}`)) return;
  for (const start of context.starts(item.host, pid)) {
    const above = start.values.parentPid;
    if (above === undefined || start.micros > item.micros || !near(start.micros, item.micros, PID_LASTS))
      continue;
    const found = last.get(`${where} ${above}`);
    if (found === undefined || !near(items[found]!.micros, start.micros, PID_LASTS)) continue;
    const reason = (): string =>
      `process ${saidPid(above)} on ${item.host} started process ${saidPid(pid)}, which started the other`;
    yield { from: found, to: position, join: 'process', reason };
    return;
  }
}
