/**
 * What is wrong with rules. A check is a small function in a table with a stable code; one of a single document goes
 * into `documentChecks`, one that needs all of them (references between documents) into `setChecks`.
 */
import { type RejectionReason, type RuleDocument, rejectionReasons } from '../sigma/index.ts';
import {
  blind,
  conditionAlways,
  conditionNever,
  keywordsOnly,
  logSourceUnknown,
  unreachable,
} from './detection.ts';
import {
  dateMalformed,
  idMalformed,
  idMissing,
  levelMissing,
  odd,
  statusMissing,
  tagMalformed,
  titleMissing,
} from './head.ts';
import type { CheckAbout, DocumentCheck, Problem, Remark, SetCheck, WrittenOf } from './problem.ts';
import { idDuplicate } from './set.ts';

export { type CheckAbout, type Problem, type Severity, severities, type WrittenOf } from './problem.ts';

const documentChecks: readonly DocumentCheck[] = [
  odd,
  titleMissing,
  idMissing,
  idMalformed,
  levelMissing,
  statusMissing,
  dateMalformed,
  tagMalformed,
  logSourceUnknown,
  conditionNever,
  conditionAlways,
  unreachable,
  blind,
  keywordsOnly,
];

const setChecks: readonly SetCheck[] = [idDuplicate];

const refusals: Readonly<Record<RejectionReason, string>> = {
  yaml: 'The document cannot be read as YAML',
  'not-a-rule': 'The document is not a Sigma rule',
  logsource: 'The rule does not say which logs it is for',
  detection: 'The detection of the rule cannot be read',
  condition: 'The condition of the rule cannot be read',
  'unknown-identifier': 'The condition names a search identifier that the detection lacks',
  'unknown-modifier': 'A field has a modifier that Sigma does not know',
  modifier: 'A modifier stands where it cannot be applied',
  value: 'A value is not what its field or modifier takes',
  regex: 'A regular expression cannot be read or would take too long',
  'legacy-aggregation': 'The condition aggregates in a way that was withdrawn from Sigma',
  'placeholder-unresolved': 'The rule needs values for a placeholder, which were not given',
  'too-large': 'The rule or its file is larger than can be checked in bounded time',
  unreadable: 'The file cannot be read',
  correlation: 'The correlation cannot be read',
  filter: 'The filter cannot be read',
  reference: 'The correlation refers to what is not there, is ambiguous or refused, or leads in a circle',
};

/** What helps where the parser cannot know it: how a check is run. */
const remedies: Partial<Readonly<Record<RejectionReason, string>>> = {
  'placeholder-unresolved': ': give them with --placeholders FILE',
};

/** Every code a problem can have: reasons of refusal first, then checks. */
export const checkCodes: readonly CheckAbout[] = [
  ...rejectionReasons.map(code => ({ code, severity: 'error' as const, about: refusals[code] })),
  ...[...documentChecks, ...setChecks].map(({ code, severity, about }) => ({ code, severity, about })),
];

/**
 * Every problem of `documents`, in the order of the documents, then of their places. Costs about what parsing the
 * documents' YAML costs, nearly all of it in `written`.
 */
export function checkRules(documents: readonly RuleDocument[], written: WrittenOf): Problem[] {
  const ofDocument = new Map<RuleDocument, Problem[]>(documents.map(document => [document, []]));
  const add = (document: RuleDocument, { code, severity }: CheckAbout, { message, place }: Remark): void => {
    ofDocument.get(document)!.push({
      code,
      severity,
      message,
      place,
      id: document.id,
      title: document.title,
    });
  };
  for (const document of documents) {
    if (document.kind === 'rejection') {
      const { reason, place } = document;
      const message = `${document.message}${remedies[reason] ?? ''}`;
      add(document, { code: reason, severity: 'error', about: refusals[reason] }, { message, place });
      continue;
    }
    for (const check of documentChecks) {
      for (const remark of check.run(document, written)) add(document, check, remark);
    }
  }
  for (const check of setChecks) {
    for (const { document, ...remark } of check.run(documents, written)) add(document, check, remark);
  }
  return [...ofDocument.values()].flatMap(problems =>
    problems.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column),
  );
}
