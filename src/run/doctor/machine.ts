/** What only the process knows of itself and its machine; whoever owns the process fills it in. */
export type Machine = {
  readonly huntaway: string;
  /** Oldest Node supported: `20.19`. */
  readonly oldestNode: string;
  readonly versions: {
    readonly node: string;
    readonly v8: string;
    readonly zlib: string;
    /** Null where Node was built without. */
    readonly icu: string | null;
  };
  /** `Linux 6.1.0 x64`. */
  readonly system: string;
  readonly cpu: string;
  readonly cores: number;
  /** Bytes: of the machine, free, that this process may use (null = all), that its heap may take. */
  readonly memory: {
    readonly total: number;
    readonly free: number;
    readonly limit: number | null;
    readonly heap: number;
  };
  /** Files that may be open at once; null where the system has no limit or does not say. */
  readonly openFiles: number | null;
  /** Shown as `~`. Null where there is none. */
  readonly home: string | null;
  /** Whether the terminal takes UTF-8, as the environment says; null where it does not. */
  readonly utf8: boolean | null;
};
