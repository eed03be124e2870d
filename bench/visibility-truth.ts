/**
 * What could be seen in a drill by its truth: each behaviour of the pack on a host and day. It asks the pack's sources and
 * the truth's, and nothing of what a hunt knows. A behaviour is seen where a source that shows it whole is seen, and blind
 * where all of them are; what is done by command shows whole in process starts, where the pack says nothing else.
 */
import type { Behaviour, NeededSource } from '../src/know/advisories/index.ts';
import type { TrueSource, Truth } from '../src/run/drill/index.ts';

export type TrueSight = 'seen' | 'blind' | 'unknown';

export type TrueState = {
  readonly sight: TrueSight;
  /** Where it is blind: what hides it, one reason for each event of each source. */
  readonly reasons: readonly TrueSource[];
  /** Where it is blind: whether a form of it would have shown all the same; null = no log can tell. */
  readonly isPartial: boolean | null;
};

/** One thing to look for: an event of a log (null = any of it), with the fields that it must have. */
export type Wanted = {
  readonly channel: string;
  readonly eventId: number | null;
  readonly fields: readonly string[];
};

const MS_PER_DAY = 86_400_000;

/** `2026-10-01` → days since 1970. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
export const dateOf = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

/** The weightiest first: who has no log is not told what its log lacks. */
const order = ['no-source', 'no-logs', 'channel-absent', 'log', 'event-absent', 'field-absent'];
function weightOf({ kind }: TrueSource): number {
  const at = order.indexOf(kind ?? '');
  return at === -1 ? order.indexOf('log') : at;
}

/** Lower case; null = the site as a whole. */
export type HostName = string | null;

export class TrueVisibility {
  readonly from: number;
  readonly to: number;
  /** The device that ends tunnels, and the Windows hosts; lower case. */
  readonly edge: string;
  readonly hosts: readonly string[];
  readonly #sources = new Map<HostName, TrueSource[]>();

  constructor({ visibility, site }: Truth) {
    this.from = Math.min(...visibility.map(({ from }) => dayOf(from)));
    this.to = Math.max(...visibility.map(({ to }) => dayOf(to)));
    this.edge = site.edge.toLowerCase();
    this.hosts = site.hosts.map(({ name }) => name.toLowerCase());
    for (const source of visibility) {
      const host = source.host?.toLowerCase() ?? null;
      const list = this.#sources.get(host);
      if (list === undefined) this.#sources.set(host, [source]);
      else list.push(source);
    }
  }

  /** The reason why it is hidden; `seen` or `unknown` where there is none. */
  at(host: HostName, day: number, wanted: Wanted): TrueSource | Exclude<TrueSight, 'blind'> {
    const own = (this.#sources.get(host) ?? []).filter(source => isAbout(source, wanted));
    const reason = own
      .filter(({ seen, from, to }) => !seen && dayOf(from) <= day && day < dayOf(to))
      .sort((a, b) => weightOf(a) - weightOf(b))[0];
    // Where a part of the log is missing, what it lacks besides is as good a reason, and no better one.
    const isPartly = own.some(({ partial }) => partial.some(date => dayOf(date) === day));
    if (isPartly && (reason === undefined || reason.eventIds !== null)) return 'unknown';
    if (reason !== undefined) return reason;
    const isSeen = own.some(({ seen, from, to }) => seen && dayOf(from) <= day && day < dayOf(to));
    return isSeen ? 'seen' : 'unknown';
  }

  /** Whether a log as such was there, whatever of its events was switched on. */
  isLogSeen(host: HostName, day: number, channel: string): boolean {
    const seen = (this.#sources.get(host) ?? []).filter(
      source => source.seen && source.channel?.toLowerCase() === channel.toLowerCase(),
    );
    return seen.some(({ from, to }) => dayOf(from) <= day && day < dayOf(to));
  }

  /** Of a behaviour on a host; null where none of its sources is of that kind of host. */
  of(behaviour: Behaviour, host: HostName, day: number): TrueState | null {
    const sources = behaviour.sources.filter(({ channel }) => isDevice(channel) === (host === null));
    if (sources.length === 0) return null;
    const { whole, parts } = split(behaviour, sources);
    const states = whole.map(source => this.#ofSource(source, host, day));
    const reasons = states.flatMap(state => state.reasons);
    if (states.some(({ sight }) => sight === 'seen')) return { sight: 'seen', reasons: [], isPartial: false };
    if (states.some(({ sight }) => sight === 'unknown'))
      return { sight: 'unknown', reasons: [], isPartial: false };
    const others = parts.map(source => this.#ofSource(source, host, day));
    const isPartial =
      reasons.some(isBare) || others.some(each => each.sight === 'seen' || each.reasons.some(isBare));
    const isOpen = !isPartial && others.some(({ sight }) => sight === 'unknown');
    return { sight: 'blind', reasons, isPartial: isOpen ? null : isPartial };
  }

  #ofSource(source: NeededSource, host: HostName, day: number): Omit<TrueState, 'isPartial'> {
    const { channel, fields } = source;
    const ids: readonly (number | null)[] = source.eventIds.length === 0 ? [null] : source.eventIds;
    const states = ids.map(eventId => this.at(host, day, { channel, eventId, fields }));
    if (states.includes('seen')) return { sight: 'seen', reasons: [] };
    if (states.includes('unknown')) return { sight: 'unknown', reasons: [] };
    return { sight: 'blind', reasons: states.filter(state => typeof state !== 'string') };
  }
}

/** The event is there without a field: programs by their names alone. */
const isBare = ({ kind }: TrueSource): boolean => kind === 'field-absent';

/** A log of a device and of no Windows host. */
const isDevice = (channel: string): boolean => channel.toLowerCase() === 'fortigate';

function isAbout(source: TrueSource, { channel, eventId, fields }: Wanted): boolean {
  return (
    (source.channel === null || source.channel.toLowerCase() === channel.toLowerCase()) &&
    (source.eventIds === null || (eventId !== null && source.eventIds.includes(eventId))) &&
    (source.field === null || fields.includes(source.field))
  );
}

type MaybeShows = NeededSource & { readonly shows?: 'whole' | 'part' };

function split(
  behaviour: Behaviour,
  sources: readonly MaybeShows[],
): { readonly whole: readonly NeededSource[]; readonly parts: readonly NeededSource[] } {
  const isByCommand = behaviour.sources.some(isProcessStart);
  const isByScript = behaviour.sources.every(isScript);
  const isWhole = (source: MaybeShows): boolean => {
    if (source.shows !== undefined) return source.shows === 'whole';
    return isByCommand ? isProcessStart(source) : isByScript || !isScript(source);
  };
  const whole = sources.filter(isWhole);
  if (whole.length === 0) return { whole: sources, parts: [] };
  return { whole, parts: sources.filter(source => !isWhole(source)) };
}

function isProcessStart({ channel, eventIds }: NeededSource): boolean {
  return (
    (channel === 'Security' && eventIds.includes(4688)) ||
    (channel === 'Microsoft-Windows-Sysmon/Operational' && eventIds.includes(1))
  );
}

function isScript({ channel }: NeededSource): boolean {
  return channel.includes('PowerShell');
}
