/**
 * What an event says of users, processes and addresses, in ECS names. A mapping names the event's own fields;
 * a list names alternatives, of which the first that says something counts (`-` and empty say nothing).
 */
export type From = string | readonly string[];

export type ProcessFrom = {
  /** Decimal or 0x-hexadecimal. */
  readonly pid?: From;
  /** Full path; `name` is its last part. */
  readonly executable?: From;
  readonly command_line?: From;
  readonly working_directory?: From;
  readonly entity_id?: From;
};

export type AddressFrom = {
  /** An address; a name that stands there instead goes to `domain`. */
  readonly ip?: From;
  readonly port?: From;
  readonly domain?: From;
};

export type Mapping = {
  readonly user?: {
    /** `DOMAIN\name` or `name`; the domain, if any, is taken off. */
    readonly name?: From;
    readonly domain?: From;
    /** A SID. */
    readonly id?: From;
  };
  readonly process?: ProcessFrom & { readonly parent?: ProcessFrom };
  readonly source?: AddressFrom;
  readonly destination?: AddressFrom;
};

/** A row of the table: the events of a channel (`null` = any id) and what they say. */
export type MappingRow = readonly [channel: string, eventIds: readonly number[] | null, mapping: Mapping];
