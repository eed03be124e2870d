/** Windows events as JSON: how such an input is recognised, where it may be cut, and its reader. */
import type { ReadContext } from '../../events/index.ts';
import type { Source, SourceReader } from '../source.ts';
import { linePoints, openingOf, TextReader, TextWindow } from '../text/index.ts';
import { EventTexts } from '../xml/index.ts';
import { formOf } from './form.ts';
import { ObjectReader } from './object.ts';
import { JsonParser } from './parser.ts';
import { looksLikeEvent } from './settle.ts';
import { Structures } from './structure.ts';

/** Records that are looked at in an input's beginning. */
const TRIES = 8;

/**
 * A value that is an event's own XML, as Splunk exports where no fields were extracted: told by the text and not by the keys,
 * since they are the same for all that Splunk holds.
 */
const OWN_XML = /"_raw"\s*:\s*"(?:\s|\\[nrt])*(?:<|\\u003[cC])(?:\?xml|Event[\s>\\])/;

export const ndjson: Source = {
  name: 'ndjson',
  recognises(head: Uint8Array): boolean {
    const opening = openingOf(head);
    return /(?:^|\n)[\s\ufeff\0]*[{[]/.test(opening) && (holdsEvent(opening) || OWN_XML.test(opening));
  },
  splitPoints: linePoints,
  open(context: ReadContext): SourceReader {
    return new TextReader(new JsonParser(context, new EventTexts(context)));
  },
};

/** True if one of the first records in `opening`, whole or cut off, has the keys of a Windows event. */
function holdsEvent(opening: string): boolean {
  const bytes = Buffer.from(opening);
  const window = new TextWindow(bytes.length + 1, bytes.length + 1);
  window.begin({ name: 'utf-8', mark: 0, unit: 1 }, 0);
  window.append(bytes, true);
  const structures = new Structures();
  structures.begin();
  const objects = new ObjectReader(structures);
  const multiline = formOf(opening) !== 'lines';
  let at = 0;
  for (let i = 0; i < TRIES; i++) {
    while (at < window.end && window.units[at] !== 0x7b) at++;
    if (at >= window.end) return false;
    const outcome = objects.read(window, at, multiline);
    if (looksLikeEvent(objects.place)) return true;
    at = outcome === 'whole' ? objects.end : Math.max(at + 1, objects.end);
  }
  return false;
}
