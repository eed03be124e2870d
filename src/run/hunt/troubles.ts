/** What of a file was not read, or only in part: for the end of a hunt and for its page. */
import type { FileTrouble } from '../../tell/index.ts';
import { isDamaged, isMostlyForeign, type Ledger } from './ledger.ts';

/** Empty where the file was read whole. */
export function troubleOf(file: Ledger['files'][number]): FileTrouble[] {
  if (file.unread !== undefined) return [{ path: file.path, message: file.unread.message }];
  if (!isDamaged(file)) return [];
  const damaged = file.damaged.length + (file.more?.damaged ?? 0);
  const unparsed = file.unparsed.length + (file.more?.unparsed ?? 0);
  const parts = [
    ...(damaged > 0 ? [`${damaged} damaged ${damaged === 1 ? 'part' : 'parts'}`] : []),
    ...(unparsed > 0 ? [`${unparsed} unreadable ${unparsed === 1 ? 'record' : 'records'}`] : []),
  ];
  const foreign = isMostlyForeign(file) ? file.foreign! : null;
  if (foreign !== null)
    parts.push(`${foreign.lines} of ${foreign.lines + file.events} lines of something else`);
  const place = file.damaged[0] ?? file.unparsed[0];
  const first = place === undefined ? '' : `; first at offset ${place.offset}: ${place.reason}`;
  return [{ path: file.path, message: `${parts.join(', ')}${first}` }];
}
