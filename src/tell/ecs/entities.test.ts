/** Accounts and paths taken from bytes against the same taken from texts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventBuilder } from '../../../test/event.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { createEventWriter } from '../events/index.ts';

const piece = fc.constantFrom(
  'a',
  'CORP',
  '\\',
  '/',
  '-',
  '.exe',
  'é',
  '日',
  '\ud83d',
  '\ude00',
  '"',
  '\0',
  ' ',
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map(pieces => pieces.join('').replace(/\0+$/, '')),
  fc.constantFrom('', '-', 'CORP\\alice', 'C:\\a\\b.exe', 'S-1-5-18', '0x1f4', '4711'),
);

it('an event says the same in ECS whether its values are slots or constants', () => {
  const builder = new EventBuilder();
  const out = new ByteWriter(1);
  const writer = createEventWriter('ecs', { reveal: true });
  const line = (
    channel: string,
    eventId: number,
    fields: Record<string, string>,
    as: 'slots' | 'constants',
  ) => {
    out.reset();
    writer.write(out, builder.build({ channel, eventId, fields, as }));
    const { user, process } = JSON.parse(out.take().toString('utf8'));
    return { user, pid: process?.pid, executable: process?.executable, name: process?.name };
  };
  const sysmon = fc.record({ User: text, Image: text, ProcessId: text }, { requiredKeys: [] });
  const security = fc.record(
    {
      SubjectUserName: text,
      SubjectDomainName: text,
      SubjectUserSid: text,
      NewProcessName: text,
      NewProcessId: text,
    },
    { requiredKeys: [] },
  );
  const events = fc.oneof(
    sysmon.map(fields => ['Microsoft-Windows-Sysmon/Operational', 1, fields] as const),
    security.map(fields => ['Security', 4688, fields] as const),
  );
  fc.assert(
    fc.property(events, ([channel, eventId, fields]) => {
      const given = fields as Record<string, string>;
      expect(line(channel, eventId, given, 'slots')).toEqual(line(channel, eventId, given, 'constants'));
    }),
    { numRuns: 1000 },
  );
});
