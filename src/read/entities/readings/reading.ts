/**
 * How one role of a fact is read of an event: which fields hold it, and what is done to them. Rows are written with these
 * functions; what each means is said once, plainly, in `plain.ts`, and done fast in `../store/program.ts`.
 */

/** Characters of a value that are kept; a command line has at most 8,191 in `cmd`. */
export const MOST_TEXT = 8_192;
/** Characters of free text that are kept. */
export const MOST_MESSAGE = 2_000;

/** All texts of each field asked for, in order; an absent field has none. */
export type FieldTexts = readonly (readonly string[])[];

/** Fields of domain and user; null = the user's field names the domain, if anything does. */
export type AccountFields = readonly [domain: string | null, user: string];

export type TextReading =
  /** The first of these fields that says something. */
  | { readonly kind: 'text'; readonly names: readonly string[] }
  /** A SID, unless it is that of nobody. */
  | { readonly kind: 'sid'; readonly names: readonly string[] }
  /** An address without the prefix of IPv4 in IPv6; `LOCAL` is none. */
  | { readonly kind: 'address'; readonly names: readonly string[] }
  /** `DOMAIN\user` of two fields, or the user alone where it names its domain itself; the first pair with a user. */
  | { readonly kind: 'account'; readonly pairs: readonly AccountFields[] }
  | { readonly kind: 'guid'; readonly names: readonly string[] }
  | { readonly kind: 'constant'; readonly text: string }
  /** Whatever else; costs a string for each field of each event. */
  | {
      readonly kind: 'derived';
      readonly from: readonly string[];
      readonly derive: (texts: FieldTexts) => string | undefined;
      readonly most: number;
    };

export type NumberReading =
  /** 64 bits; absent where 0, or above what a number holds exactly. */
  | { readonly kind: 'logon-id'; readonly names: readonly string[] }
  /** 32 bits; absent where 0. */
  | { readonly kind: 'pid'; readonly names: readonly string[] }
  /** 32 bits. */
  | { readonly kind: 'code'; readonly names: readonly string[] }
  | {
      readonly kind: 'derived-pid';
      readonly from: readonly string[];
      readonly derive: (texts: FieldTexts) => number | undefined;
    };

export type PlainReading = TextReading | NumberReading;

/**
 * One reading for the logon a process runs under: the target's where `TargetLogonId` is there and not 0, else the
 * subject's. A process started over WMI has the host itself as subject; the person is the target. `service` says what
 * stands for it where that logon is one that every host has (SYSTEM and its like, which events name `HOST$`).
 */
export type EffectiveReading<T extends PlainReading = PlainReading> = {
  readonly kind: 'effective';
  readonly target: T;
  readonly subject: T;
  readonly service: 'account' | 'sid' | null;
};

export type Reading = PlainReading | EffectiveReading;

export function text(...names: readonly string[]): TextReading {
  return { kind: 'text', names };
}

export function sid(...names: readonly string[]): TextReading {
  return { kind: 'sid', names };
}

export function address(...names: readonly string[]): TextReading {
  return { kind: 'address', names };
}

export function account(domain: string, user: string): TextReading {
  return accounts([domain, user]);
}

export function accounts(...pairs: readonly AccountFields[]): TextReading {
  return { kind: 'account', pairs };
}

export function guid(...names: readonly string[]): TextReading {
  return { kind: 'guid', names };
}

export function constant(text: string): TextReading {
  return { kind: 'constant', text };
}

export function logonId(...names: readonly string[]): NumberReading {
  return { kind: 'logon-id', names };
}

export function pid(...names: readonly string[]): NumberReading {
  return { kind: 'pid', names };
}

export function code(...names: readonly string[]): NumberReading {
  return { kind: 'code', names };
}

export function derived(
  from: readonly string[],
  derive: (texts: FieldTexts) => string | undefined,
): TextReading {
  return { kind: 'derived', from, derive, most: MOST_TEXT };
}

export function derivedPid(
  from: readonly string[],
  derive: (texts: FieldTexts) => number | undefined,
): NumberReading {
  return { kind: 'derived-pid', from, derive };
}

/** All values of the first of these fields that has any, a line each: free text, cut off at 2,000 characters. */
export function message(...names: readonly string[]): TextReading {
  return {
    kind: 'derived',
    from: names,
    derive: texts => {
      for (const values of texts) {
        const said = values.filter(value => value !== '' && value !== '-');
        if (said.length > 0) return said.join('\n');
      }
      return undefined;
    },
    most: MOST_MESSAGE,
  };
}

export function effective<T extends PlainReading>(
  target: T,
  subject: T,
  service: 'account' | 'sid' | null = null,
): EffectiveReading<T> {
  return { kind: 'effective', target, subject, service };
}
