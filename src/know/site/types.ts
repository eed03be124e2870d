/**
 * What an operator knows of his own site: which hosts play which role, which networks lie where, and what a named person
 * has approved. It comes from a file named with `--site`, never from a folder that is hunted.
 */

/** Common roles; any other word is taken as it is. */
export const knownRoles = [
  'dc',
  'jump',
  'engineering',
  'hmi',
  'historian',
  'vendor',
  'hypervisor',
  'file',
  'prtg',
] as const;

export const zones = ['it', 'dmz', 'ot'] as const;
export type Zone = (typeof zones)[number];

/** Something that a person approved: it lowers what fits, and never hides it. */
export type Approval = {
  readonly id: string;
  /** Globs without regard to case; null = any. */
  readonly account: string | null;
  readonly host: string | null;
  /** The parent's image or command line. */
  readonly parent: string | null;
  /** Where output goes: a folder and what lies in it. */
  readonly path: string | null;
  /** Globs on command lines; null = any. */
  readonly command: string | null;
  /** Behaviour ids; null = any. */
  readonly behaviours: readonly string[] | null;
  /** Days of the week (0 = Sunday) and minutes of the day, UTC; null = any time. */
  readonly schedule: { readonly days: readonly number[]; readonly from: number; readonly to: number } | null;
  readonly by: string;
  readonly why: string;
  /** Microseconds; an approval whose day has passed no longer counts. Null = without end. */
  readonly until: number | null;
};

export type Site = {
  readonly hosts: readonly {
    /** Glob on the host's name, lower case. */
    readonly name: string;
    readonly roles: readonly string[];
    readonly zone: Zone | null;
  }[];
  readonly networks: readonly {
    readonly cidr: string;
    readonly zone: Zone;
    readonly roles: readonly string[];
  }[];
  /** Globs on accounts of vendors and service accounts. */
  readonly vendorAccounts: readonly string[];
  readonly serviceAccounts: readonly string[];
  readonly approvals: readonly Approval[];
};
