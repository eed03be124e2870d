/**
 * What joins need of events that are no evidence themselves: who opened the logon that a command ran in, and from where;
 * what started its parent; who read the file that it wrote. One scan of the facts keeps only what the items ask for, so
 * that memory follows the evidence and not the logs. Of a key that a hostile or chatty log repeats, the earliest are kept.
 */
import type { Fact, FactRole, FactSource, FactType, FactView } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import { isHere } from './addresses.ts';
import { compareFacts, type Item } from './item.ts';
import { Learnt, type Log, taughtBy } from './learnt.ts';
import type { Names } from './names.ts';
import { baseName, type FilePath, isSharedFolder, pathsOf, withoutVolume } from './paths.ts';
import { Sittings } from './sittings.ts';
import { HOUR, MINUTE } from './time.ts';

/** Of one logon id, parent process or file: so many facts are kept. */
const MOST_PER_KEY = 32;
/** What opened a logon, and what it was opened with. */
export type Opened = {
  /** The 4624, or what stands for it. */
  readonly fact: Fact;
  /** Where it was opened from: address, else canonical host; null = here, or not said. */
  readonly source: string | null;
};

export interface Context {
  readonly names: Names;
  /** Paths that an item names. */
  paths(item: Item): readonly FilePath[];
  /** What `make` gives for an item, made once. */
  sources(item: Item, make: (item: Item) => readonly string[]): readonly string[];
  /** Number of times that the host had started at that moment, as far as the logs show. */
  boot(host: string, micros: number): number;
  /** How a logon was opened; the latest that is not after `micros` by more than a minute. */
  opened(host: string, logonId: number, micros: number): Opened | null;
  /** Credentials that a logon gave to another host (4648), earliest first. */
  explicit(host: string, logonId: number): readonly Fact[];
  /**
   * The logon in which somebody sat at a host at a moment, there or over remote desktop: its ids, for an administrator gets
   * two. Null where the logs show none in the half day before.
   */
  sitting(host: string, accountKey: string, micros: number): readonly number[] | null;
  /** Starts of a process, earliest first. */
  starts(host: string, pid: number): readonly Fact[];
  /** Accesses over the network to a file, by its name alone, earliest first. */
  shareAccesses(host: string, name: string): readonly Fact[];
  /** Hosts that are known to have had an address. */
  hostsAt(address: string): readonly string[];
  /** Addresses that a host is known to have had. */
  addressesOf(host: string): readonly string[];
  /** The first fact of a host in one log; null = it has none there. */
  firstIn(host: string, channel: string): number | null;
}

/** The earliest facts under each key: what is kept does not depend on the order they come in. */
export class Earliest {
  readonly #byKey = new Map<string, Fact[]>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(key: string, view: FactView): void {
    let facts = this.#byKey.get(key);
    if (facts === undefined) {
      facts = [];
      this.#byKey.set(key, facts);
    }
    if (facts.length >= this.#most && view.micros > facts.at(-1)!.micros) return;
    const fact = view.keep();
    let at = facts.length;
    while (at > 0 && compareFacts(facts[at - 1]!, fact) > 0) at--;
    facts.splice(at, 0, fact);
    if (facts.length > this.#most) facts.pop();
  }

  get(key: string): readonly Fact[] {
    return this.#byKey.get(key) ?? [];
  }
}

/** What items ask for, and what is learnt of hosts whatever they ask. */
const askedTypes: readonly FactType[] = ['logon', 'explicit-credentials', 'process-start', 'share-access'];
const types: readonly FactType[] = [...askedTypes, 'ticket', 'boot'];
const askedRoles: readonly FactRole[] = [...taughtBy, 'file'];

type WantedFile = { readonly name: string; readonly since: number };
const none: readonly WantedFile[] = [];

/** What facts that are alike have in common. */
type Common = {
  readonly host: string;
  readonly files: readonly WantedFile[];
  /** Null where nothing more is to be learnt. */
  readonly log: Log | null;
};

/**
 * Reads what `items` ask for; one scan. What `before` knew of their paths, and of hosts, which is the same whatever the
 * items, is not worked out again.
 */
export function readContext(
  items: readonly Item[],
  facts: FactSource,
  names: Names,
  before: Context | null = null,
): Context {
  const wanted = new Wanted(items, item => before?.paths(item) ?? pathsOf(item.fact, names));
  const logons = new Earliest(MOST_PER_KEY);
  const explicit = new Earliest(MOST_PER_KEY);
  const starts = new Earliest(MOST_PER_KEY);
  const shares = new Earliest(MOST_PER_KEY);
  const sittings = new Sittings(items);
  const learnt = before === null ? new Learnt(names) : null;
  facts.scanAlike<Common>(
    askedRoles,
    view => {
      const host = names.host(view.host);
      const files = view.type === 'share-access' ? wanted.filesOf(view) : none;
      return { host, files, log: learnt?.common(view, host) ?? null };
    },
    (view, { host, files, log }) => {
      if (log !== null) learnt?.learn(view, host, log);
      if (view.type === 'logon') {
        const id = view.number('logonId');
        sittings.learn(view, host, names);
        if (id !== undefined && wanted.logons.has(host, id)) logons.add(`${host} ${id}`, view);
      } else if (view.type === 'explicit-credentials') {
        const id = view.number('byLogonId') ?? view.number('logonId');
        if (id !== undefined && wanted.logons.has(host, id, view.micros, SAME_VISIT, SAME_VISIT))
          explicit.add(`${host} ${id}`, view);
      } else if (view.type === 'process-start') {
        const pid = view.number('pid');
        if (pid !== undefined && wanted.parents.has(host, pid, view.micros, 0, PARENT_LASTS))
          starts.add(`${host} ${pid}`, view);
      } else if (view.type === 'share-access') {
        for (const { name, since } of files) if (view.micros >= since) shares.add(`${host} ${name}`, view);
      }
    },
    learnt === null ? askedTypes : types,
  );
  const { boot, hostsAt, addressesOf, firstIn } = before ?? learnt!.told();
  const sources = new Map<Item, readonly string[]>();
  return {
    names,
    sources: (item, make) => {
      let made = sources.get(item);
      if (made === undefined) {
        made = make(item);
        sources.set(item, made);
      }
      return made;
    },
    paths: item => wanted.paths.get(item) ?? pathsOf(item.fact, names),
    boot,
    opened: (host, id, micros) => latest(logons.get(`${host} ${id}`), micros, names),
    explicit: (host, id) => explicit.get(`${host} ${id}`),
    sitting: (host, accountKey, micros) => sittings.at(host, accountKey, micros),
    starts: (host, pid) => starts.get(`${host} ${pid}`),
    shareAccesses: (host, name) => shares.get(`${host} ${name}`),
    hostsAt,
    addressesOf,
    firstIn,
  };
}

/** Logons or processes of hosts that items ask for, and when they ask. */
class Times {
  readonly #times = new Map<string, Map<number, number[]>>();

  add(host: string, id: number, micros: number): void {
    let byId = this.#times.get(host);
    if (byId === undefined) {
      byId = new Map();
      this.#times.set(host, byId);
    }
    const times = byId.get(id);
    if (times === undefined) byId.set(id, [micros]);
    // Items come in order of time, those without one last: these ask for any.
    else if (times.at(-1) !== micros) times.push(micros);
  }

  /** Whether it is asked for, by an item at most `before` earlier or `after` later than `micros` where that is given. */
  has(host: string, id: number, micros?: number, before = 0, after = 0): boolean {
    const times = this.#times.get(host)?.get(id);
    if (times === undefined || micros === undefined) return times !== undefined;
    if (times.at(-1) === NO_TIME) return true;
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (times[middle]! < micros - before) low = middle + 1;
      else high = middle;
    }
    return low < times.length && times[low]! <= micros + after;
  }
}

/** Credentials that a logon gave matter near its evidence; a parent is believed as long as its process id. */
const SAME_VISIT = 12 * HOUR;
const PARENT_LASTS = HOUR;
/** Folders of one share access that are looked at. */
const MOST_FOLDERS = 12;

/** What items ask for. */
class Wanted {
  readonly logons: Times = new Times();
  readonly parents: Times = new Times();
  readonly paths: Map<Item, readonly FilePath[]> = new Map();
  /** Names of files and folders that items name, with the time from which on accesses to them matter. */
  readonly #files = new Map<string, number>();

  constructor(items: readonly Item[], pathsOf: (item: Item) => readonly FilePath[]) {
    for (const item of items) {
      for (const id of item.logons) this.logons.add(item.host, id, item.micros);
      const { parentPid } = item.fact.values;
      if (parentPid !== undefined) this.parents.add(item.host, parentPid, item.micros);
      const paths = pathsOf(item);
      this.paths.set(item, paths);
      for (const { path } of paths) if (!isSharedFolder(path)) this.#wantFile(baseName(path), item.micros);
    }
  }

  #wantFile(name: string, micros: number): void {
    const before = this.#files.get(name);
    if (before === undefined || micros < before) this.#files.set(name, micros);
  }

  /** The parts of an access's path that items name, and since when accesses to them matter. */
  filesOf(view: FactView): readonly WantedFile[] {
    const file = this.#files.size === 0 ? undefined : view.text('file');
    if (file === undefined) return none;
    return file
      .toLowerCase()
      .split(/[\\/]/, MOST_FOLDERS)
      .flatMap(name => {
        const whole = withoutVolume(name);
        return (whole === name ? [name] : [name, whole]).flatMap(each => {
          const since = this.#files.get(each);
          return since === undefined ? [] : [{ name: each, since: since - MINUTE }];
        });
      });
  }
}

function latest(facts: readonly Fact[], micros: number, names: Names): Opened | null {
  let found: Fact | null = null;
  for (const fact of facts) {
    if (found === null || (fact.micros <= micros + MINUTE && fact.micros >= found.micros)) found = fact;
  }
  return found === null ? null : { fact: found, source: sourceOf(found, names) };
}

/** Where an event says it came from: an address, else a host; null where that is the machine itself. */
export function sourceOf({ host, values }: Fact, names: Names): string | null {
  const address = values.sourceIp?.toLowerCase();
  if (address !== undefined && !isHere(address)) return address;
  if (values.sourceHost === undefined) return null;
  const source = names.known(values.sourceHost) ?? values.sourceHost.replace(/^\\+/, '').toLowerCase();
  return source === names.host(host) || source === '' ? null : source;
}
