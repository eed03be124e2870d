/**
 * Whether a host's logs would have shown that somebody came. With visibility it is asked day by day; without it, a host
 * counts as seen where it has a log that tells of people or programs at all.
 */
import type { Stage } from '../../know/advisories/index.ts';
import { HostNames } from '../../read/entities/index.ts';
import type { Cell, Visibility } from '../visibility/index.ts';
import type { ReachInput } from './types.ts';
import { counted } from './words.ts';

/** Days that may be blind, as a share, before nobody says any more that it would have shown. */
const BLIND_SHARE = 0.1;

/** Stages that somebody who comes to a host goes through. */
const arriving: ReadonlySet<Stage> = new Set([
  'initial-access',
  'lateral-movement',
  'persistence',
  'execution',
]);

/** Logs that tell who came or what ran. */
const TELLING =
  /^(?:Security$|Microsoft-Windows-(?:Sysmon|TerminalServices-|WinRM|PowerShell)|Windows PowerShell$)/i;

/** By canonical host: why it could not be seen, in a few words; null = it would have shown. */
export type BlindOf = (host: string) => string | null;

export function blindness({ visibility, advisories, kinds, hosts }: ReachInput): BlindOf {
  if (visibility !== null && visibility.span !== null) {
    const behaviours = new Set(
      advisories
        .flatMap(each => each.behaviours)
        .flatMap(({ id, stage }) => (arriving.has(stage) ? [id] : [])),
    );
    return host => blindDays(visibility, host, behaviours);
  }
  const names = new HostNames(hosts);
  const telling = new Set<string>();
  for (const { host, channel } of kinds) if (TELLING.test(channel)) telling.add(names.canonical(host));
  return host => (telling.has(host) ? null : 'holds no log that tells who came');
}

function blindDays(
  { cells, span }: Visibility,
  host: string,
  behaviours: ReadonlySet<string>,
): string | null {
  const ofHost = cells.filter(cell => cell.host === host);
  const asked = ofHost.filter(({ behaviour }) => behaviours.has(behaviour));
  const seen = seenDays(asked.length > 0 ? asked : ofHost, span!);
  const days = span!.to - span!.from;
  const blind = days - seen;
  if (blind <= days * BLIND_SHARE) return null;
  return seen === 0
    ? 'holds nothing that would have shown who came'
    : `could not have shown it on ${blind} of ${counted(days, 'day')}`;
}

/** Days on which at least one of them would have shown. */
function seenDays(
  cells: readonly Cell[],
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const periods = cells
    .filter(({ sight }) => sight !== 'could-not-see')
    .map(({ period }) => ({ from: Math.max(from, period.from), to: Math.min(to, period.to) }))
    .filter(period => period.from < period.to)
    .sort((a, b) => a.from - b.from);
  let seen = 0;
  let until = from;
  for (const period of periods) {
    seen += Math.max(0, period.to - Math.max(until, period.from));
    until = Math.max(until, period.to);
  }
  return seen;
}
