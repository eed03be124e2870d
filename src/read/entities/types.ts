/**
 * Facts: what later joins need of events that no rule may match. A logon, a process start or an opened share is
 * nothing by itself; between two findings it is the reason that links them. A fact is a few values of one event
 * under one name each, whatever the source called them, and the place where the event can be read again.
 *
 * Values stay as they were written. What is the same host or account is decided later (`HostNames`, `accountKey`),
 * when all of them are known.
 */

/** What a fact says happened. `event` is anything else, kept only where it is evidence. */
export const factTypes = [
  'process-start',
  'logon',
  'logon-failed',
  'logoff',
  'privileges',
  'explicit-credentials',
  'ticket',
  'share-access',
  'password-change',
  'boot',
  'remote-session',
  'remote-session-out',
  'tunnel',
  'event',
] as const;
export type FactType = (typeof factTypes)[number];

/**
 * The values of a fact by role; a role that the event lacks is absent, and so is one whose value says that there is
 * none (`-`, `N/A`, empty, logon and process id 0, the SID of nobody, the GUID of zeros). Ids are numbers, whether
 * written in hexadecimal or decimal. Text beyond 8,192 characters is cut off.
 */
export type FactValues = {
  /** Who acts, or who logs on: `DOMAIN\user`, `user@realm` or a bare name, as written. */
  readonly account?: string;
  readonly sid?: string;
  /** Effective logon id (notes: `TargetLogonId` where present and not 0, else `SubjectLogonId`; Sysmon `LogonId`). */
  readonly logonId?: number;
  /** Who asked for it: the subject of 4624, 4648, 4723, 4724. */
  readonly byAccount?: string;
  readonly byLogonId?: number;
  /** 2 interactive, 3 network, 10 remote interactive, … */
  readonly logonType?: number;
  /** Address or name as written, without the IPv4-in-IPv6 prefix; absent for `-` and empty. */
  readonly sourceIp?: string;
  readonly sourceHost?: string;
  readonly pid?: number;
  readonly parentPid?: number;
  /** Sysmon's ProcessGuid, lower case, without braces. */
  readonly guid?: string;
  readonly parentGuid?: string;
  readonly image?: string;
  readonly parentImage?: string;
  readonly commandLine?: string;
  readonly parentCommandLine?: string;
  readonly originalName?: string;
  readonly directory?: string;
  /** A file or registry key that was made, read, changed or named by the event. */
  readonly file?: string;
  readonly share?: string;
  /** The other host, account or service that the event is about: 4648's server, 4769's service, a tunnel's inner address. */
  readonly target?: string;
  /**
   * `up` or `down` of a tunnel; `connect`, `reconnect`, `disconnect`, `end` of a remote session; `read` or `write` of an
   * opened share; `refused` where what the event tells of was asked for and not granted (a ticket, a new password).
   */
  readonly action?: string;
  /** What the event says in free text (ESENT's message), at most 2,000 characters. */
  readonly text?: string;
};
export type FactRole = keyof FactValues;

/** Where an event lies: enough to name it and to read it again. */
export type EventPlace = {
  /** Index of the input. */
  readonly input: number;
  readonly offset: number;
  /** EventRecordID; -1 where it has none. */
  readonly record: number;
};

/** One fact, as an object that may be kept. */
export type Fact = {
  readonly type: FactType;
  /** Microseconds since 1970, UTC; `NO_TIME` where the event says none. */
  readonly micros: number;
  /** System/Computer (or the device's name) as written. */
  readonly host: string;
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly place: EventPlace;
  readonly values: FactValues;
};

/** A fact while it is scanned: valid until `visit` returns. Asking for one role costs an array look-up. */
export interface FactView {
  readonly type: FactType;
  readonly micros: number;
  readonly host: string;
  readonly channel: string;
  readonly eventId: number;
  readonly input: number;
  readonly offset: number;
  readonly record: number;
  text(role: FactRole): string | undefined;
  number(role: FactRole): number | undefined;
  keep(): Fact;
}

/** All facts of a hunt, in memory or spilled to disk. */
export interface FactSource {
  readonly length: number;
  /** Facts that the cap did not let in; 0 unless the disk was full too. */
  readonly dropped: number;
  /** Every fact once, in no order that means anything; events exported twice are still there twice. */
  scan(visit: (fact: FactView) => void, types?: readonly FactType[]): void;
  /**
   * The same, with what `make` gave for a fact like it: one of the same type, host, channel and event id with the same values
   * in `roles`. `make` may ask for nothing else, and is asked seldom, because most facts are like others.
   */
  scanAlike<T>(
    roles: readonly FactRole[],
    make: (fact: FactView) => T,
    visit: (fact: FactView, made: T) => void,
    types?: readonly FactType[],
  ): void;
}
