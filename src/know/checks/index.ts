/**
 * What is wrong with rules. A check is a small function in a table with a stable code; one of a single document goes
 * into `documentChecks`, one that needs all of them (references between documents) into `setChecks`.
 */
import { linkRules } from '../rulesets/index.ts';
import { type Rejection, type RejectionReason, type RuleDocument, rejectionReasons } from '../sigma/index.ts';
import { aliasUnused, boundsNever, firesOnEach, timespanOdd } from './correlation.ts';
import {
  blind,
  conditionAlways,
  conditionNever,
  keywordsOnly,
  logSourceUnknown,
  unreachable,
} from './detection.ts';
import { filterIdle, filterReference, filterTooWide } from './filter.ts';
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
import { groupBlind, inputWithoutField, referenceLeftOut, referenceUnread } from './references.ts';
import { idDuplicate, nameDuplicate } from './set.ts';

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
  aliasUnused,
  boundsNever,
  firesOnEach,
  timespanOdd,
];

const setChecks: readonly SetCheck[] = [
  idDuplicate,
  nameDuplicate,
  filterIdle,
  filterReference,
  filterTooWide,
  inputWithoutField,
  groupBlind,
  referenceLeftOut,
  referenceUnread,
];

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
 * Every problem of `documents`, in the order of the documents, then of their places; they are linked as a hunt links
 * them, so that references are checked over all files. Costs about what parsing the documents' YAML costs, nearly all of
 * it in `written`.
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
  const linked = linkRules(documents);
  const refuse = (document: RuleDocument, { reason, message, place }: Rejection): void =>
    add(
      document,
      { code: reason, severity: 'error', about: refusals[reason] },
      { message: `${message}${remedies[reason] ?? ''}`, place },
    );
  for (const [index, document] of documents.entries()) {
    const meant = linked.documents[index]!;
    if (meant.kind === 'rejection') refuse(document, meant);
    if (document.kind === 'rejection') continue;
    for (const check of documentChecks) {
      for (const remark of check.run(document, written)) add(document, check, remark);
    }
  }
  for (const check of setChecks) {
    for (const { document, ...remark } of check.run({ documents, linked }, written))
      add(document, check, remark);
  }
  return [...ofDocument.values()].flatMap(problems =>
    problems.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column),
  );
}
