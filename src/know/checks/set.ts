/** Checks of documents beside each other. */
import type { RuleDocument } from '../sigma/index.ts';
import { placeOf, type SetCheck } from './problem.ts';

export const idDuplicate: SetCheck = {
  code: 'id-duplicate',
  severity: 'warning',
  about: 'Two rules have one id, so that their findings cannot be told apart',
  *run(documents, written) {
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
          ? `the same rule stands in ${where} too`
          : `the id ${document.id} is that of ${where} too: give one of them a new one`;
      yield { document, message, place: placeOf(document, written, 'id') };
    }
  },
};
