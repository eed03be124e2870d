/**
 * The database engine of the directory (ESENT): the one trace of a stolen NTDS.dit that needs no command-line logging.
 * Its values have no names: instance, process (alone, or as `2772,D,100`), and somewhere the path.
 */
import { derived, derivedPid, type FieldTexts, message } from '../readings/index.ts';
import type { FactRow } from './row.ts';

function processOf([values = []]: FieldTexts): number | undefined {
  for (const value of values.slice(0, 3)) {
    const found = /^(\d{1,10})(?:,|$)/.exec(value) ?? /^[^(]{0,100}\((\d{1,10}),/.exec(value);
    if (found !== null) return Number(found[1]);
  }
  return undefined;
}

const PATH = /(?:[A-Za-z]:|\\\\[^\\\s"<>|*?]{1,255})\\[^"<>|*?\r\n,;]{1,1024}/;

function pathOf([values = []]: FieldTexts): string | undefined {
  for (const value of values) {
    const found = PATH.exec(value.slice(0, 4096));
    if (found !== null) return found[0].replace(/[).\s]+$/, '');
  }
  return undefined;
}

export const databases: readonly FactRow[] = [
  {
    channel: 'Application',
    providers: ['ESENT'],
    eventIds: [102, 103, 216, 325, 326, 327],
    type: 'event',
    roles: {
      pid: derivedPid(['Data'], processOf),
      file: derived(['Data'], pathOf),
      text: message('Data'),
    },
  },
];
