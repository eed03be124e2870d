/**
 * Indicators as typed data: what STIX says of one, as far as hunting and sharing ask. An indicator never decides for longer
 * than it is valid, and what it may be used for travels with it.
 */
import type { Place, Rule } from '../sigma/index.ts';

/** Traffic Light Protocol 2.0; TLP 1's WHITE is CLEAR. */
export const tlpMarkings = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;
export type Tlp = (typeof tlpMarkings)[number];

/**
 * What an indicator may be used for (`x_huntaway_use`, or the same key in an extension). `historic-search`: the address
 * is let to somebody else by now, so it only ever supports. `context`: means something beside other evidence only.
 */
export const permittedUses = ['hunt-and-block', 'hunt', 'historic-search', 'context'] as const;
export type PermittedUse = (typeof permittedUses)[number];

export type Indicator = {
  /** `indicator--…`: also the id of its rule. */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** As published. */
  readonly pattern: string;
  /** Microseconds since 1970. */
  readonly validFrom: number;
  /** First moment at which it is not valid any more; null = STIX knows no end. */
  readonly validUntil: number | null;
  readonly modified: number;
  /** 0 to 100; null = not said. */
  readonly confidence: number | null;
  readonly use: PermittedUse | null;
  readonly tlp: Tlp | null;
  readonly labels: readonly string[];
  /** Phases of kill chains: `mitre-attack`, `command-and-control`. */
  readonly phases: readonly { readonly chain: string; readonly phase: string }[];
  /** Name of who published it; null where the bundle does not hold it. */
  readonly author: string | null;
  readonly references: readonly string[];
  readonly place: Place;
};

/** An indicator and the rule that finds it. */
export type IndicatorRule = { readonly indicator: Indicator; readonly rule: Rule };
