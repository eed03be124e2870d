/** What a bundle is made of, and what it is made into. */
import type { CaseView, Intrusion, Reach, Visibility } from '../../judge/index.ts';
import type { Advisory } from '../../know/advisories/index.ts';

export type StixInput = {
  readonly advisories: readonly Advisory[];
  /** Strongest first, as judged. */
  readonly intrusions: readonly Intrusion[];
  readonly cases: readonly CaseView[];
  readonly reach: Reach;
  readonly visibility: Visibility;
  /** Who hunted: a person, a team or an organisation; null = not said. */
  readonly operator: string | null;
  /** When the hunt ended (microseconds): used only where nothing was found and the logs say no time. */
  readonly ended: number;
};

/** An object of the bundle; what else it holds follows its type. */
export type StixObject = {
  readonly type: string;
  readonly id: string;
  readonly [property: string]: unknown;
};
