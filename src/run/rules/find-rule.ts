/** Which rule a person means: by id, title, path, or a part of the title that only one has. */
import { resolve } from 'node:path';
import type { Rejection, RuleDocument } from '../../know/sigma/index.ts';
import { plain } from '../../tell/index.ts';
import { CannotRun } from '../io.ts';

/** Candidates named where several fit. */
const NAMED = 10;

/** The one document that `asked` names. Throws `CannotRun` where there is none, several, or it was refused. */
export function findRule(
  documents: readonly RuleDocument[],
  asked: string,
): Exclude<RuleDocument, Rejection> {
  const found = ways
    .map(fits => documents.filter(document => fits(document, asked)))
    .find(some => some.length > 0);
  if (found === undefined) throw new CannotRun(`no rule has the id, title or path '${plain(asked)}'`);
  // One that runs is meant before one that was refused.
  const running = found.filter(document => document.kind !== 'rejection');
  const [document] = running.length === 1 ? running : found;
  if (found.length > 1 && running.length !== 1) throw new CannotRun(severalText(found, asked));
  if (document!.kind !== 'rejection') return document!;
  const where = `${document!.place.path}:${document!.place.line}:${document!.place.column}`;
  // A file given alone lacks what its correlation refers to.
  const remedy = document!.reason === 'reference' ? '; give the whole set with --rules' : '';
  throw new CannotRun(plain(`${where}: refused: ${document!.message}${remedy}`));
}

type Way = (document: RuleDocument, asked: string) => boolean;

/** From the most certain to the least. */
const ways: readonly Way[] = [
  ({ id, sha256 }, asked) => id?.toLowerCase() === asked.toLowerCase() || `sha256:${sha256}` === asked,
  ({ title, name }, asked) => title === asked || name === asked,
  ({ title }, asked) => title?.toLowerCase() === asked.toLowerCase(),
  ({ place }, asked) => place.path === asked || resolve(place.path) === resolve(asked),
  ({ title }, asked) => title?.toLowerCase().includes(asked.toLowerCase()) ?? false,
];

function severalText(found: readonly RuleDocument[], asked: string): string {
  const lines = found
    .slice(0, NAMED)
    .map(
      ({ title, id, place }) =>
        `\n  ${plain(`${id ?? `${place.path}:${place.line}`}  ${title ?? '(untitled)'}`)}`,
    );
  const more = found.length > NAMED ? `\n  and ${found.length - NAMED} more` : '';
  return `'${plain(asked)}' fits ${found.length} rules; give the id of one:${lines.join('')}${more}`;
}
