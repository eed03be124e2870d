import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeEvtx } from '../src/read/sources/index.ts';
import { checkLinks } from './detection-links.ts';

const folder = mkdtempSync(join(tmpdir(), 'huntaway-links-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'a.evtx');
const event = (time: number, fields: readonly (readonly [string, string])[]) => ({
  provider: { name: 'P' },
  eventId: 1,
  time,
  channel: 'Security',
  computer: 'HWDRILL-A.x.example',
  data: { kind: 'named' as const, fields },
});
writeFileSync(
  file,
  writeEvtx([
    event(1_000_000, [
      ['LogonId', '0x551686'],
      ['ProcessId', '2772'],
      ['CommandLine', 'robocopy E:\\Media F:\\'],
    ]),
    event(2_000_000, [
      ['TargetLogonId', '0x551686'],
      ['NewProcessId', '0xad4'],
      ['ShareName', '\\\\*\\E$'],
      ['RelativeTargetName', 'Media\\ntds.dit'],
    ]),
  ]),
);

const evidence = (recordId: number) => ({
  id: `e${recordId}`,
  host: 'hwdrill-a.x.example',
  channel: 'Security',
  recordId,
  micros: recordId * 1_000_000,
  file,
  behaviour: null,
});
const check = (reason: string, to = 2) =>
  checkLinks([
    {
      id: 'i',
      verdict: 'intrusion',
      evidence: [evidence(1), evidence(2), evidence(9)],
      links: [{ from: 'e1', to: `e${to}`, reason }],
    },
  ]);

test('a reason that names a value of both records can be checked', () =>
  expect(check('same logon 0x551686 on it')).toMatchObject({ shared: 1, each: 1, third: 0, lost: 0 }));
test('a process id is the same in hexadecimal and decimal', () =>
  expect(check('same process 2772')).toMatchObject({ shared: 1, each: 1 }));
test('a folder at the root of a drive stands in what was read through the share of the drive', () => {
  expect(check('both name e:\\media')).toMatchObject({ shared: 1, each: 1 });
  expect(check('both name d:\\media')).toMatchObject({ shared: 0 });
});
test('a reason that names nothing of the records cannot', () =>
  expect(check('same logon 0x99')).toMatchObject({
    shared: 0,
    each: 0,
    third: 1,
    examples: ['same logon 0x99'],
  }));
test('a record that is not where it is said to be is counted', () =>
  expect(check('same logon 0x551686', 9)).toMatchObject({ lost: 1 }));
