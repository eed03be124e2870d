/** Checks of documents beside each other. */
import type { RuleDocument } from '../sigma/index.ts';
import { placeOf, type SetCheck, wordOf } from './problem.ts';

export const idDuplicate: SetCheck = {
  code: 'id-duplicate',
  severity: 'warning',
  about: 'Two rules have one id, so that their findings cannot be told apart',
  *run({ documents }, written) {
    const first = new Map<string, RuleDocument>();
    for (const document of documents) {
      if (document.id === null) continue;
      const key = document.id.toLowerCase();
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, document);
        continue;
      }
      const where = `${other.place.path}:${other.place.line}`;
      const message =
        other.sha256 === document.sha256
          ? `the same ${wordOf(document)} stands in ${where} too`
          : `the id ${document.id} is that of ${where} too: give one of them a new one`;
      yield { document, message, place: placeOf(document, written, 'id') };
    }
  },
};

export const nameDuplicate: SetCheck = {
  code: 'name-duplicate',
  severity: 'warning',
  about: 'Two rules have one name by which correlations or filters refer to them',
  *run({ documents }, written) {
    const references = new Set(
      documents.flatMap(document =>
        document.kind === 'correlation' || document.kind === 'filter' ? (document.rules ?? []) : [],
      ),
    );
    const first = new Map<string, RuleDocument>();
    for (const document of documents) {
      const { name, sha256, kind } = document;
      if (name === null || kind === 'filter' || !references.has(name)) continue;
      const other = first.get(name);
      if (other === undefined) first.set(name, document);
      // A copy of a rule is the same rule; `id-duplicate` speaks of it.
      if (other === undefined || other.sha256 === sha256) continue;
      yield {
        document,
        message: `the name '${name}', by which others refer to it, is that of ${other.place.path}:${other.place.line} too`,
        place: placeOf(document, written, 'name'),
      };
    }
  },
};
