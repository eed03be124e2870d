/**
 * Who fetched what was staged: accesses over the network, from another host, to a file that earlier evidence wrote or
 * packed. Weak by itself, for that is also how media reach a new domain controller; it shows the way out. A command that names
 * what was staged, or a file of its name on another host, hands that on: an archive is renamed and fetched on before it goes. What was packed and then called an image is nobody's
 * backup: that it is fetched is strong. So is what an account of the host's own fetches through the tunnel of somebody else: such
 * accounts are for days when the domain cannot be reached.
 */
import type { Advisory } from '../../../know/advisories/index.ts';
import type { Fact } from '../../../read/entities/index.ts';
import { type Context, sourceOf } from '../context.ts';
import { EventKeys } from '../events.ts';
import type { Found } from '../gather.ts';
import type { Item } from '../item.ts';
import { baseName, isProgram, isSharedFolder, pathsOf } from '../paths.ts';
import { outputReads } from '../sessions.ts';
import { DAY, gap, saidTime } from '../time.ts';
import { type Tunnel, tunnelAt } from '../tunnels.ts';
import { behaviourFor } from './behaviour.ts';

/** Notes, "The chain": what is staged is fetched or removed within a day; a week for the patient. */
const STAGED_LASTS = 7 * DAY;

export function findReads(
  items: readonly Item[],
  context: Context,
  tunnels: ReadonlyMap<string, readonly Tunnel[]>,
  advisories: readonly Advisory[],
): Found[] {
  const keys = new EventKeys(context.names);
  keys.learn(items.map(({ fact }) => fact));
  const known = new Set(items.map(({ fact }) => keys.of(fact)));
  const reads = new Map<string, Found>();
  for (const item of stagingItems(items, context)) {
    const own = new Set(outputReads(item, context));
    for (const { host, path } of context.paths(item)) {
      if (isProgram(path) || isSharedFolder(path)) continue;
      for (const fact of context.shareAccesses(host, baseName(path))) {
        const key = keys.of(fact);
        if (own.has(fact) || known.has(key) || reads.has(key) || !fetches(fact, item, path, context))
          continue;
        const isStrong = isDisguised(item, path) || isCarriedOut(fact, item, context, tunnels);
        reads.set(key, readOf(fact, item, path, isStrong, context, advisories));
      }
    }
  }
  return [...reads.values()];
}

const image = /\.(?:gif|jpe?g|png|bmp|ico|svg|webp)$/;
/** Masquerading, as ATT&CK calls it. */
const MASQUERADING = 'T1036';

/** Whether what was staged was handed on under the name of an image. */
function isDisguised({ gravity, behaviour }: Item, path: string): boolean {
  const isHandedOn = gravity === 'weak' || behaviour?.attack.some(id => id.startsWith(MASQUERADING)) === true;
  return isHandedOn && image.test(path);
}

/** Whether an account of the host's own took what was packed, through a tunnel that is another's. */
function isCarriedOut(
  { micros, values: { account, sid, sourceIp } }: Fact,
  { step, host }: Item,
  { names }: Context,
  tunnels: ReadonlyMap<string, readonly Tunnel[]>,
): boolean {
  const { key } = names.account(account, sid);
  if (step !== 'pack' || sourceIp === undefined || key?.startsWith(`${host}\\`) !== true) return false;
  return tunnelAt(tunnels.get(sourceIp.toLowerCase()), micros) !== null;
}

/** Strong evidence of a theft or an archive, and commands that handed on what it staged; in their order. */
function* stagingItems(items: readonly Item[], context: Context): Generator<Item> {
  /** By path, or by a file's telling name alone: when it was last staged. */
  const staged = new Map<string, number>();
  for (const item of items) {
    const isStrong = item.gravity !== 'weak' && (item.step === 'take' || item.step === 'pack');
    if (!isStrong && item.fact.type !== 'process-start') continue;
    const marks = marksOf(item, context);
    if (!isStrong && !marks.some(mark => gap(staged.get(mark) ?? 0, item.micros) <= STAGED_LASTS)) continue;
    for (const mark of marks) staged.set(mark, item.micros);
    yield item;
  }
}

/** A name that tells a file on another host too; `a.7z` may be anybody's, and the directory's is told by itself. */
const telling = /^(?!ntds\.)[^.]{4,}\.\w/;

function marksOf(item: Item, context: Context): string[] {
  return context.paths(item).flatMap(({ host, path }) => {
    if (isProgram(path) || isSharedFolder(path)) return [];
    const name = baseName(path);
    return telling.test(name) ? [`${host}\n${path}`, name] : [`${host}\n${path}`];
  });
}

/** Whether an access came later, from elsewhere, and to that path or into that folder. */
function fetches(fact: Fact, item: Item, path: string, context: Context): boolean {
  const apart = gap(item.micros, fact.micros);
  if (!(apart >= 0 && apart <= STAGED_LASTS)) return false;
  if (sourceOf(fact, context.names) === null) return false;
  if (fact.values.action === 'refused' || fact.values.action === 'write') return false;
  return pathsOf(fact, context.names).some(read => read.path === path || read.path.startsWith(`${path}\\`));
}

function readOf(
  fact: Fact,
  item: Item,
  path: string,
  isStrong: boolean,
  context: Context,
  advisories: readonly Advisory[],
): Found {
  const source = sourceOf(fact, context.names)!;
  const behaviour = behaviourFor(advisories, ['carry', 'pack'], fact);
  return {
    fact,
    behaviour,
    stage: behaviour?.stage ?? 'exfiltration',
    step: 'carry',
    gravity: isStrong ? 'strong' : 'weak',
    example: `${fact.values.account ?? 'somebody'} · ${source} · ${fact.values.file ?? path}`,
    surprise: null,
    reasons: [
      `${path} was opened over the network from ${source}, after the evidence of ${saidTime(item.micros)}`,
    ],
  };
}
