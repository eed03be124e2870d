/**
 * An advisory pack as typed data: what one actor does (behaviours), what shows it (rules, indicators), and how one thing
 * leads to another (the chain). YAML and JSON are parsed once, at the edge (`parse.ts`); nobody after that looks at text.
 */
import type { Place } from '../sigma/index.ts';

export const stages = [
  'initial-access',
  'execution',
  'discovery',
  'credential-access',
  'lateral-movement',
  'collection',
  'staging',
  'command-and-control',
  'exfiltration',
  'persistence',
  'defense-evasion',
] as const;
export type Stage = (typeof stages)[number];

/**
 * What a behaviour is worth as evidence. `grave`: never falls below moderate unless a named person approved it (theft of
 * NTDS, hives, LSASS; log clearing). `strong`: carries a story when linked. `weak`: only ever supports.
 */
export const gravities = ['grave', 'strong', 'weak'] as const;
export type Gravity = (typeof gravities)[number];

/** Whose credentials a theft exposes. */
export const exposures = ['domain', 'host', 'local', 'profile'] as const;
export type Exposure = (typeof exposures)[number];

/** How much of a behaviour a log shows: all of it, or only a form of it (its script, its service, its file). */
export const showings = ['whole', 'part'] as const;
export type Showing = (typeof showings)[number];

/** Hosts that alone a behaviour can happen on. */
export const placesOfAct = ['controllers'] as const;

/** A log that would show a behaviour. */
export type NeededSource = {
  /** Channel as Windows writes it, or the name of a device's log (`fortigate`). */
  readonly channel: string;
  readonly eventIds: readonly number[];
  /** Without these fields the log is blind to it. */
  readonly fields: readonly string[];
  /** How to switch it on, where it is off by default. */
  readonly enable: string | null;
  /** Whether it shows the behaviour whole or only one of its forms; absent = as its kind of source does. */
  readonly shows?: Showing;
};

export type Lookalike = { readonly what: string; readonly apart: string };

export type Behaviour = {
  /** `VT-CA-01`. */
  readonly id: string;
  readonly title: string;
  readonly stage: Stage;
  /** Id of a step of the chain; null = stands beside it. */
  readonly step: string | null;
  readonly gravity: Gravity;
  readonly exposes: Exposure | null;
  /** ATT&CK v18 ids. */
  readonly attack: readonly string[];
  /** Of those, what v19 replaces: old id → new id. */
  readonly attackReplaced: Readonly<Record<string, string>>;
  readonly sources: readonly NeededSource[];
  /** Ids of rules and correlations of the pack. */
  readonly rules: readonly string[];
  readonly lookalikes: readonly Lookalike[];
  /** A neutral question that would settle it, and of whom; null = none. */
  readonly ask: { readonly whom: string; readonly question: string } | null;
  /** A log to fetch that would settle it. */
  readonly fetch: string | null;
  /** The only hosts that it makes sense on; absent = any. */
  readonly only?: (typeof placesOfAct)[number];
  /** Why no log at hand can show it; null = it can be seen. */
  readonly notObservable: string | null;
  readonly place: Place;
};

/** How two pieces of evidence can be joined. Each is a file in `judge/intrusions/joins/`. */
export const joins = [
  /** Same host, boot and effective logon id. */
  'logon',
  /** One process started the other, or wrote the database event. */
  'process',
  /** The path that one wrote or named lies in, or is, what the other took. */
  'file',
  /** A command on one host that names another, and a process or logon there within seconds. */
  'remote-process',
  /** wmiexec's output file, or another share path, seen from both sides. */
  'share-file',
  /** Same source address and account. */
  'source',
  /** What a tunnel's inner address did while the tunnel was up. */
  'tunnel',
  /** Same account on the same host. */
  'account-host',
  /** Same account on another host. */
  'account',
  /** Same host alone. */
  'host',
  /** An account that a theft exposed, used in a way never seen before. */
  'exposure',
] as const;
export type Join = (typeof joins)[number];

export type ChainLink = {
  readonly id: string;
  /** Behaviour ids or step ids. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly on: readonly Join[];
  /** Seconds between them, at most; null = for ever (exposure). */
  readonly within: number | null;
  /** True where `to` must not come before `from` (by more than a minute of clock skew). */
  readonly ordered: boolean;
  /** What the time rests on: `measured`, `advisory`, `plausible`. */
  readonly basis: string;
};

export type Chain = {
  readonly steps: readonly { readonly id: string; readonly title: string }[];
  readonly links: readonly ChainLink[];
  /** Sets of steps that, linked and each carried by grave or strong evidence, are an intrusion. */
  readonly intrusion: readonly (readonly string[])[];
  /** The same for a suspected one; a grave behaviour alone is always one. */
  readonly suspected: readonly (readonly string[])[];
};

export type Mitigation = { readonly title: string; readonly text: string };

/** What an advisory says to do first, once something was found: preserve, report, contain, reset. */
export type FirstStep = { readonly title: string; readonly text: string };

export type Advisory = {
  /** Folder-safe name: `volt-typhoon`. */
  readonly id: string;
  readonly title: string;
  readonly version: string;
  /** `2026-11-24`. */
  readonly published: string;
  readonly modified: string;
  readonly actor: { readonly name: string; readonly aliases: readonly string[] };
  /** Who wrote this pack, and who stands behind it; empty = nobody has sealed it. */
  readonly author: string;
  readonly issuers: readonly string[];
  readonly summary: string;
  readonly references: readonly {
    readonly title: string;
    readonly url: string | null;
    readonly date: string;
  }[];
  readonly mitigations: readonly Mitigation[];
  readonly firstSteps: readonly FirstStep[];
  readonly behaviours: readonly Behaviour[];
  readonly chain: Chain;
  /** Folder of the pack, of its rules, and the STIX bundle; null = it has none. */
  readonly path: string;
  readonly rules: string | null;
  readonly indicators: string | null;
};

/** What is wrong with a pack: data, so that the hunt goes on with the rest and says so. */
export type AdvisoryProblem = {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly place: Place;
};

export type LoadedAdvisory = {
  /** Null where not enough of it could be read to hunt with. */
  readonly advisory: Advisory | null;
  readonly problems: readonly AdvisoryProblem[];
  /** SHA-256 over the YAML of the pack but its rules and tests, hexadecimal; empty where there is no pack. */
  readonly sha256: string;
};
