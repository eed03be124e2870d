/** The log of a FortiGate as text: how such an input is recognised, where it may be cut, and its reader. */
import type { ReadContext } from '../../events/index.ts';
import type { Source, SourceReader } from '../source.ts';
import { linePoints, openingOf, TextReader } from '../text/index.ts';
import { FortiGateParser } from './parser.ts';

/** Keys of which every line of a FortiGate has one, and the one that it has besides. */
const whose = /(?:^|[\s>,])(?:devname|devid|logid)=/;
const what = /(?:^|[\s>,])type="?[a-z]/;
/** A line of pairs begins with a priority, a time, a host or a pair, and no pair before the first quote is none of its. */
const pairs = /^\s*(?:<\d{1,3}>)?[A-Za-z0-9][^"{[<]*?[A-Za-z_]+=/;

export const fortigate: Source = {
  name: 'fortigate',
  recognises(head: Uint8Array): boolean {
    return openingOf(head)
      .split('\n')
      .some(line => whose.test(line) && what.test(line) && pairs.test(line));
  },
  splitPoints: linePoints,
  open(context: ReadContext): SourceReader {
    return new TextReader(new FortiGateParser(context));
  },
};
