/** The policy that records command lines in 4688 is switched off on a host: the field stays, and is empty. */
import type { WindowsRecord } from '../record.ts';
import { day } from '../time.ts';
import { dateOf, hasLine, isDaily, pickDay, pickHost } from './scene.ts';
import type { Blinding } from './types.ts';

/** Without its command line the record shows a program that anybody runs. */
function withoutLine(record: WindowsRecord): WindowsRecord {
  const { event, note } = record;
  if (event.data.kind !== 'named') return record;
  const fields = event.data.fields.map(
    ([name, value]) => [name, name === 'CommandLine' ? '' : value] as const,
  );
  return {
    ...record,
    event: { ...event, data: { ...event.data, fields } },
    note: note.core === true ? { ...note, core: false } : note,
  };
}

export const linesOff: Blinding = {
  name: 'lines-off',
  blind({ hosts, random, from, to }) {
    const picked = pickHost(hosts, random, ({ lines }) =>
      pickDay({ from, to }, random, at => isDaily(lines, { from: at - 1, to: at + 1 })),
    );
    if (picked === null) return null;
    const { host, found: off } = picked;
    return {
      host,
      said: `4688 carries no command line from ${dateOf(off)} on`,
      changed: record =>
        record.host === host && record.event.time >= off * day && hasLine(record)
          ? withoutLine(record)
          : record,
      hides: [
        {
          kind: 'field-absent',
          host,
          channel: 'Security',
          eventIds: [4688],
          field: 'CommandLine',
          from: off,
          to,
          partial: [],
        },
      ],
    };
  },
};
