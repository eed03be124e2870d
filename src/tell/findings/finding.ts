/**
 * A finding as JSON: ECS names, one nested object per (event, rule). Field order is the order of this type,
 * so that output is byte-identical from run to run. Absent things are left out, not null.
 */
import type { Level, Status } from '../../know/sigma/index.ts';

export type Finding = {
  /** UTC, six digits, `Z`. */
  readonly '@timestamp': string;
  /** One sentence for people: rule title and what was seen. */
  readonly message: string;
  readonly rule: {
    /** Sigma id, else `sha256:` of the rule. */
    readonly id: string;
    readonly name: string;
    readonly reference?: string;
    readonly author?: string;
    readonly license?: string;
    readonly version?: string;
  };
  readonly event: { readonly code: string; readonly provider: string; readonly severity: number };
  readonly host: { readonly name: string };
  readonly user?: { readonly name?: string; readonly domain?: string; readonly id?: string };
  readonly process?: {
    readonly pid?: number;
    readonly executable?: string;
    readonly name?: string;
    readonly command_line?: string;
    readonly working_directory?: string;
    readonly entity_id?: string;
    readonly parent?: {
      readonly pid?: number;
      readonly executable?: string;
      readonly name?: string;
      readonly command_line?: string;
      readonly entity_id?: string;
    };
  };
  readonly source?: { readonly ip?: string; readonly port?: number; readonly domain?: string };
  readonly destination?: { readonly ip?: string; readonly port?: number; readonly domain?: string };
  readonly winlog: {
    readonly channel: string;
    readonly record_id: string;
    /** Every field of EventData or UserData, as text; a repeated name is a list. */
    readonly event_data: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly log: { readonly file: { readonly path: string }; readonly offset: number };
  readonly threat?: { readonly technique: { readonly id: readonly string[] } };
  readonly huntaway: {
    readonly kind: 'rule' | 'correlation' | 'indicator' | 'anomaly';
    readonly level: Level;
    readonly status: Status | null;
    readonly tags: readonly string[];
    /** Present where the record was salvaged from a damaged or unused part of a log. */
    readonly salvaged?: true;
  };
};
