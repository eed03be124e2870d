/**
 * Events to be written: what a caller says of one event, in Windows' own terms. Plain data, so that generators,
 * samples and drills can build and keep them freely.
 */

/** Types whose values are JavaScript numbers. */
export type SmallNumberType =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'hex32'
  | 'real32'
  | 'real64';

/** Types whose values need all 64 bits. */
export type LargeNumberType = 'int64' | 'uint64' | 'hex64';

/** One value of a scalar BinXML type. */
export type ScalarValue =
  | { readonly type: 'string' | 'ansi'; readonly value: string }
  | { readonly type: SmallNumberType; readonly value: number }
  | { readonly type: LargeNumberType; readonly value: bigint }
  | { readonly type: 'sizeT'; readonly value: bigint; readonly bytes: 4 | 8 }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'binary'; readonly value: Uint8Array }
  /** With or without braces. */
  | { readonly type: 'guid' | 'sid'; readonly value: string }
  /** Microseconds since 1970, UTC; a bigint is a raw FILETIME (100 ns since 1601). */
  | { readonly type: 'filetime'; readonly value: number | bigint }
  /** Microseconds since 1970, UTC; SYSTEMTIME holds milliseconds. */
  | { readonly type: 'systime'; readonly value: number };

/** Values of one type in one slot. */
export type ArrayValue = { readonly type: 'array'; readonly of: readonly ScalarValue[] };

/** Text built of several parts within one element, as some providers' templates do. */
export type JoinedValue = { readonly type: 'joined'; readonly parts: readonly ValuePart[] };

export type ValuePart =
  | ScalarValue
  | { readonly type: 'text'; readonly value: string }
  /** `amp`, `lt`, `gt`, `quot`, `apos`, as a token of its own inside the text. */
  | { readonly type: 'entity'; readonly value: string }
  | { readonly type: 'charRef'; readonly value: number }
  | { readonly type: 'cdata'; readonly value: string };

/** A bare string is a `string` value; null is a value that is absent in this event (type 0). */
export type EvtxValue = string | null | ScalarValue | ArrayValue | JoinedValue;

/** An element below UserData: text, or children. */
export type UserElement = {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly UserElement[];
  readonly value?: EvtxValue;
};

export type EventData =
  /** `<EventData><Data Name="…">…`, in this order; a name may be repeated. `binary` is what some services add. */
  | {
      readonly kind: 'named';
      readonly fields: readonly (readonly [name: string, value: EvtxValue])[];
      readonly binary?: Uint8Array;
    }
  /** `<Data>` without names, and the `<Binary>` that classic providers add. */
  | { readonly kind: 'unnamed'; readonly values: readonly EvtxValue[]; readonly binary?: Uint8Array }
  | { readonly kind: 'user'; readonly root: UserElement }
  | { readonly kind: 'none' };

export type EvtxEvent = {
  readonly provider: {
    readonly name: string;
    readonly guid?: string;
    /** Classic name of a provider that has a manifest too (`EventSourceName`). */
    readonly source?: string;
  };
  readonly eventId: number;
  /** Upper half of the event id of classic providers. */
  readonly qualifiers?: number;
  readonly version?: number;
  readonly level?: number;
  readonly task?: number;
  readonly opcode?: number;
  readonly keywords?: bigint;
  /** Microseconds since 1970, UTC. */
  readonly time: number;
  /** System/EventRecordID; the record's number in the file where it is not given. */
  readonly recordId?: number;
  readonly activityId?: string;
  readonly relatedActivityId?: string;
  readonly processId?: number;
  readonly threadId?: number;
  readonly channel: string;
  readonly computer: string;
  /** SID in text form. */
  readonly userId?: string;
  readonly data: EventData;
};
