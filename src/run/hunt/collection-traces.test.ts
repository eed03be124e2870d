import { describe, expect, it } from 'vitest';
import { marker, scriptId } from '../../../test/collection.ts';
import { type TestEvent, testEvent } from '../../../test/event.ts';
import { CollectionTraces, type CollectionWindow } from './collection-traces.ts';

const window: CollectionWindow = {
  hosts: ['dc1', 'dc1.wairua-water.test'],
  from: 1000,
  to: 2000,
  marker,
  scriptId,
};
const folder = `C:\\Temp\\huntaway-DC1-20260301T120000Z-${marker}`;
const wevtutil = 'C:\\Windows\\System32\\wevtutil.exe';
const exported = `"${wevtutil}" epl Security ${folder}\\Security.evtx`;

function isTrace(event: TestEvent, micros = 1500): boolean {
  const built = testEvent({ host: 'DC1.wairua-water.test', ...event });
  built.micros = micros;
  return new CollectionTraces([window]).has(built);
}

const sysmon = (CommandLine: string, Image = wevtutil, host = 'DC1'): TestEvent => ({
  channel: 'Microsoft-Windows-Sysmon/Operational',
  eventId: 1,
  host,
  fields: { Image, CommandLine },
});

describe('a trace of the collection', () => {
  it.each([
    ['an export, as PowerShell starts it', exported],
    ['an export, as a batch file starts it', `${wevtutil}  epl "Security" "${folder}\\Security.evtx"`],
    ['an export of the last days', `${exported} /q:*[System[TimeCreated[timediff(@SystemTime)<=1000]]]`],
    ['the state of a file', `${wevtutil} gli "${folder}\\clock-end.evtx" /lf:true`],
  ])('is %s', (_, line) => {
    expect(isTrace(sysmon(line))).toBe(true);
    const fields = { NewProcessName: wevtutil, CommandLine: line };
    expect(isTrace({ channel: 'Security', eventId: 4688, fields })).toBe(true);
  });
  it('is a hash', () => {
    const certutil = 'C:\\Windows\\System32\\certutil.exe';
    const line = `${certutil} -hashfile "${folder}\\Security.evtx" SHA256`;
    expect(isTrace(sysmon(line, certutil))).toBe(true);
    const cmd = 'C:\\Windows\\System32\\cmd.exe';
    expect(isTrace(sysmon(`${cmd} /c ${line}`, cmd))).toBe(true);
  });
  it('is text of the script', () => {
    const channel = 'Microsoft-Windows-PowerShell/Operational';
    const block = (ScriptBlockText: string): TestEvent => ({
      channel,
      eventId: 4104,
      fields: { ScriptBlockText },
    });
    expect(isTrace(block(`# ---- 6. The channels [${scriptId}]`))).toBe(true);
    expect(isTrace(block('# ---- 6. The channels'))).toBe(false);
  });
  it('is a file it wrote', () => {
    const file = (TargetFilename: string): TestEvent => ({
      channel: 'Microsoft-Windows-Sysmon/Operational',
      eventId: 11,
      fields: { TargetFilename },
    });
    expect(isTrace(file(`${folder}\\Security.evtx`))).toBe(true);
    expect(isTrace(file(`${folder}\\manifest.json`))).toBe(true);
    expect(isTrace(file(`${folder}\\tool.exe`))).toBe(false);
    expect(isTrace(file(`${folder}\\sub\\Security.evtx`))).toBe(false);
  });
});

describe('no trace of the collection', () => {
  it('is an event of another time', () => {
    expect([isTrace(sysmon(exported), 1000), isTrace(sysmon(exported), 2000)]).toEqual([true, true]);
    expect([isTrace(sysmon(exported), 999), isTrace(sysmon(exported), 2001)]).toEqual([false, false]);
  });
  it('is an event of another host', () => expect(isTrace(sysmon(exported, wevtutil, 'DC10'))).toBe(false));
  it.each([
    ['a command without the marker', `"${wevtutil}" epl Security C:\\Temp\\Security.evtx`],
    ['a log that is cleared', `"${wevtutil}" cl Security /bu:${folder}\\Security.evtx`],
    ['a log that is searched', `"${wevtutil}" qe Security /q:4624 > ${folder}\\x.evtx`],
    ['a program of that name elsewhere', `"C:\\Temp\\wevtutil.exe" epl Security ${folder}\\Security.evtx`],
    ['a program found by its name', `wevtutil epl Security ${folder}\\Security.evtx`],
    ['another program with the marker', `cmd.exe /c net user ${marker}`],
  ])('is %s', (_, line) => expect(isTrace(sysmon(line))).toBe(false));
  it('is a renamed program behind the right line', () =>
    expect(isTrace(sysmon(exported, 'C:\\Temp\\x.exe'))).toBe(false));
  it('is a shell that runs something besides', () => {
    const cmd = 'C:\\Windows\\System32\\cmd.exe';
    const line = `${cmd} /c ${wevtutil} gli "${folder}\\a.evtx" & net user`;
    expect(isTrace(sysmon(line, cmd))).toBe(false);
  });
  it('is anything where nothing was collected', () => {
    const event = testEvent(sysmon(exported));
    event.micros = 1500;
    expect(new CollectionTraces([]).has(event)).toBe(false);
  });
});
