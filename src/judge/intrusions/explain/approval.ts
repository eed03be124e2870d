/**
 * The approval that a recurring doing would need, as text for the site's file: as narrow as the doing was each time, with
 * who, why and until left for the person who answers for it. What the logs do not say of something grave (account, parent,
 * path) cannot be approved, and then nothing is offered.
 *
 * Values come from logs and go into YAML: in single quotes, and none that holds a star, a question mark or a line's end,
 * for an approval reads the first two as patterns.
 */
import type { Item } from '../item.ts';
import { isSharedFolder } from '../paths.ts';
import type { Scene } from '../verdict.ts';
import { distinct } from './words.ts';

/** A doing of more parts than that is no job that somebody approves in one go. */
const MOST = 8;

type Part = {
  readonly account: string;
  readonly host: string;
  readonly parent: string | null;
  /** The narrowest pattern for the paths of all its acts; null where they name none. */
  readonly path: string | null;
  readonly behaviours: readonly string[];
};

/** YAML; null where it cannot be approved. Acts of no account go with the process or file that they belong to. */
export function offeredApproval(items: readonly Item[], { context }: Scene, id: string): string | null {
  const parts = new Map<string, Item[]>();
  for (const item of items) {
    if (item.rule === null || item.accountKey === null || item.behaviour === null) continue;
    // What cannot say its parent goes with the process that can.
    if (item.gravity === 'grave' && item.fact.values.parentImage === undefined) continue;
    const parent = item.fact.values.parentImage ?? '';
    const key = [item.account, item.host, parent.toLowerCase(), context.paths(item).length > 0].join('\n');
    const same = parts.get(key);
    if (same === undefined) parts.set(key, [item]);
    else same.push(item);
  }
  const isGrave = items.some(({ gravity }) => gravity === 'grave');
  const hasGrave = [...parts.values()].some(acts => acts.some(({ gravity }) => gravity === 'grave'));
  if (parts.size === 0 || parts.size > MOST || (isGrave && !hasGrave)) return null;
  const lines = ['approvals:'];
  let count = 0;
  for (const acts of parts.values()) {
    const part = partOf(
      acts,
      acts.map(item => context.paths(item).map(({ path }) => path)),
    );
    if (part === null) return null;
    lines.push(...written(part, `${id}-${++count}`));
  }
  return `${lines.join('\n')}\n`;
}

function partOf(acts: readonly Item[], paths: readonly (readonly string[])[]): Part | null {
  const [{ account, host, fact }] = acts as [Item];
  const parent = fact.values.parentImage ?? null;
  const all = paths.flat();
  const path = all.length === 0 ? null : commonPattern(all);
  const isGrave = acts.some(({ gravity }) => gravity === 'grave');
  if (account === null || (isGrave && (parent === null || path === null))) return null;
  if (all.length > 0 && path === null) return null;
  if ([account, host, parent ?? '', ...all].some(text => /[*?\p{Cc}\p{Zl}\p{Zp}]/u.test(text))) return null;
  return {
    account,
    host,
    parent,
    path,
    behaviours: distinct(acts.map(({ behaviour }) => behaviour!.id)).sort(),
  };
}

/**
 * What all paths lie in: their common folders, with a star for numbers that differ in one of them. Null where that is a
 * drive, or a folder that everybody writes to.
 */
export function commonPattern(paths: readonly string[]): string | null {
  const parts = paths.map(path => path.split('\\'));
  const common: string[] = [];
  for (let at = 0; ; at++) {
    const names = distinct(parts.map(each => each[at] ?? null));
    if (names.length === 0 || parts.some(each => each[at] === undefined)) break;
    if (names.length === 1) common.push(names[0]!);
    else {
      const starred = distinct(names.map(name => name.replace(/\d+/g, '*')));
      if (starred.length > 1 || starred[0] === '*') {
        if (starred.length === 1) common.push('*');
        break;
      }
      common.push(starred[0]!);
    }
  }
  const named = common.at(-1) === '*' ? common.slice(0, -1) : common;
  const folder = named.join('\\');
  return named.length < 2 || isSharedFolder(folder) ? null : common.join('\\');
}

function written({ account, host, parent, path, behaviours }: Part, id: string): string[] {
  return [
    `  - id: ${id}`,
    `    account: ${quoted(account)}`,
    `    host: ${quoted(host)}`,
    ...(parent === null ? [] : [`    parent: ${quoted(parent)}`]),
    ...(path === null ? [] : [`    path: ${quoted(path)}`]),
    `    behaviours: [${behaviours.join(', ')}]`,
    "    by: ''    # who answers for it",
    "    why: ''   # what it is for",
    "    until: '' # the day on which it is asked again",
  ];
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
