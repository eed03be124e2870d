/** Event XML as a source: how it is recognised, and its reader. A file is read by one worker: its lines say nothing. */
import type { ReadContext } from '../../events/index.ts';
import type { Source, SourceReader } from '../source.ts';
import { openingOf, TextReader } from '../text/index.ts';
import { NAMESPACE } from './limits.ts';
import { XmlParser } from './parser.ts';

const BLANKS = /^[\s\ufeff]+/;
const ASIDES = ['<?', '?>', '<!--', '-->'] as const;

/** Text from its first element on; empty where there is none. */
function firstElement(text: string): string {
  let rest = text.replace(BLANKS, '');
  for (;;) {
    const i = rest.startsWith(ASIDES[0]) ? 0 : rest.startsWith(ASIDES[2]) ? 2 : -1;
    const end = i < 0 ? -1 : rest.indexOf(ASIDES[i + 1]!);
    if (end >= 0) rest = rest.slice(end + ASIDES[i + 1]!.length);
    else if (rest.startsWith('<!DOCTYPE')) rest = rest.slice(Math.max(1, rest.search(/<Events?[\s>]/)));
    else return rest;
    rest = rest.replace(BLANKS, '');
  }
}

/** True if the text is that of Windows events, and not of anything else that has an `Event`. */
function isEventXml(text: string): boolean {
  const element = firstElement(text);
  if (/^<Events\b[^<>]*(?:\/>|>\s*<\/Events\s*>)/.test(element)) return true;
  if (!/^<Events?(?:\s[^<>]*)?>/.test(element)) return false;
  return element.includes(NAMESPACE) || /<System[\s>]/.test(element);
}

export const xml: Source = {
  name: 'xml',
  recognises(head: Uint8Array): boolean {
    return isEventXml(openingOf(head));
  },
  splitPoints(): number[] {
    return [0];
  },
  open(context: ReadContext): SourceReader {
    return new TextReader(new XmlParser(context));
  },
};
