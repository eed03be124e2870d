/** What a check of rules turned out, as all formats take it. */
import type { Problem, Severity } from '../../know/checks/index.ts';

export type CheckReport = {
  readonly problems: readonly Problem[];
  /** Rule documents and the files they stand in. */
  readonly documents: number;
  readonly files: number;
};

export function countSeverities(problems: readonly Problem[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of problems) counts[severity]++;
  return counts;
}
