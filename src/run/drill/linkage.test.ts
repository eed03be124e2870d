/** What joins records in real logs joins them in drills: logon ids, process ids, guids, addresses, file names. */
import { describe, expect, test } from 'vitest';
import { type Seen, TestReader } from '../../../test/evtx-collect.ts';
import { generateDrill } from './generate.ts';
import { scenarioByName } from './scenarios/index.ts';

type Event = Pick<Seen, 'host' | 'channel' | 'eventId' | 'micros'> & {
  readonly get: (name: string) => string;
};

function play(name: string, seed = 3): { readonly events: readonly Event[]; readonly edge: string } {
  const { files } = generateDrill({ scenario: scenarioByName(name)!, seed, days: 30, formats: ['evtx'] });
  const reader = new TestReader();
  const events = files
    .filter(({ path }) => path.endsWith('.evtx'))
    .flatMap(({ bytes }) => reader.read(bytes).events)
    .map(({ host, channel, eventId, micros, fields }): Event => {
      const data = new Map(
        [...fields].map(([key, texts]) => [key.slice(key.indexOf('/') + 1), texts.join('|')]),
      );
      return { host, channel, eventId, micros, get: field => data.get(field) ?? '' };
    })
    .sort((a, b) => a.micros - b.micros);
  reader.close();
  return { events, edge: files.find(({ path }) => path.endsWith('.log'))!.bytes.toString() };
}

const second = 1_000_000;

describe('the whole chain', () => {
  const { events, edge } = play('full-chain');
  const of = (eventId: number): readonly Event[] => events.filter(event => event.eventId === eventId);
  const starts = of(4688);

  test('names the process of a directory copy in hexadecimal in one log and in decimal in the other', () => {
    const tool = starts.find(each => each.get('CommandLine').startsWith('ntdsutil'))!;
    const made = of(325).find(each => each.host === tool.host && each.micros > tool.micros)!;
    expect(made.get('Data').split('|')[1]).toBe(`${Number(tool.get('NewProcessId'))},D,100`);
    const folder = /create full ([^"]+)/.exec(tool.get('CommandLine'))![1]!;
    expect(made.get('Data')).toContain(`${folder}\\Active Directory\\ntds.dit`);
    expect((made.micros - tool.micros) / second).toBeGreaterThan(10);
    expect((made.micros - tool.micros) / second).toBeLessThan(20);
  });

  test('starts a process over WMI for the user, as the network service of the host', () => {
    const shell = starts.find(each => each.get('CommandLine').startsWith('cmd.exe /c mkdir'))!;
    expect(shell.get('SubjectUserName')).toBe(`${shell.host.split('.')[0]}$`);
    expect(shell.get('SubjectLogonId')).toBe('0x3e4');
    expect(shell.get('ParentProcessName')).toMatch(/WmiPrvSE\.exe$/);
    const id = shell.get('TargetLogonId');
    const same = (each: Event, field: string): boolean => each.host === shell.host && each.get(field) === id;
    const logon = of(4624).find(each => same(each, 'TargetLogonId'))!;
    expect(logon.get('LogonType')).toBe('3');
    expect(of(4672).filter(each => same(each, 'SubjectLogonId'))).toHaveLength(1);
    // Where it was typed: another name and password were given, at most two seconds before.
    const given = of(4648).filter(
      each =>
        each.get('TargetInfo') === `RPCSS/${shell.host}` && Math.abs(each.micros - logon.micros) < 2 * second,
    );
    expect(given).toHaveLength(1);
    expect(given[0]!.get('TargetUserName')).toBe(logon.get('TargetUserName'));
    expect(given[0]!.host).not.toBe(shell.host);
    const typed = starts.find(
      each => each.host === given[0]!.host && each.get('CommandLine').includes('/node:'),
    )!;
    expect(typed.get('SubjectLogonId')).toBe(given[0]!.get('SubjectLogonId'));
    const seen = of(1).find(
      each => each.host === shell.host && each.get('CommandLine') === shell.get('CommandLine'),
    )!;
    expect(seen.get('LogonId')).toBe(id);
    expect(seen.get('ProcessId')).toBe(String(Number(shell.get('NewProcessId'))));
  });

  test('gives the child of such a process the user as its subject', () => {
    const shell = starts.find(each => each.get('CommandLine').startsWith('cmd.exe /c mkdir'))!;
    const child = starts.find(
      each => each.host === shell.host && each.get('ProcessId') === shell.get('NewProcessId'),
    )!;
    expect(child.get('NewProcessName')).toMatch(/ntdsutil\.exe$/);
    expect(child.get('SubjectLogonId')).toBe(shell.get('TargetLogonId'));
    expect(child.get('TargetLogonId')).toBe('0x0');
  });

  test('names parents by the guid they had', () => {
    const made = new Map(of(1).map(each => [each.get('ProcessGuid'), each]));
    const tools = of(1).filter(each => /(?:^|\\)net1 /.test(each.get('CommandLine')));
    expect(tools.length).toBeGreaterThan(0);
    for (const tool of tools) {
      const parent = made.get(tool.get('ParentProcessGuid'))!;
      expect(parent.get('ProcessId')).toBe(tool.get('ParentProcessId'));
      expect(parent.get('Image')).toBe(tool.get('ParentImage'));
      expect(parent.host).toBe(tool.host);
    }
  });

  test('comes out of the tunnel with the address that the edge device gave', () => {
    const tunnels = [...edge.matchAll(/action="tunnel-up".*?tunnelip=(\S+) user="([^"]+)"/g)];
    const inside = of(4624).filter(each => tunnels.some(([, address]) => each.get('IpAddress') === address));
    expect(tunnels.length).toBeGreaterThan(3);
    expect(inside.length).toBeGreaterThan(tunnels.length / 2);
    const [first] = inside;
    const granted = of(4769).filter(each => each.get('IpAddress') === `::ffff:${first!.get('IpAddress')}`);
    expect(granted.length).toBeGreaterThan(0);
  });

  test('gives a logon id once between two boots', () => {
    const boots = of(4608);
    const ids = of(4624).map(each => {
      const boot = boots.filter(({ host, micros }) => host === each.host && micros <= each.micros).length;
      return `${each.host} ${boot} ${each.get('TargetLogonId')}`;
    });
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('lets nobody log off who did not log on', () => {
    const on = new Set(of(4624).map(each => `${each.host} ${each.get('TargetLogonId')}`));
    const strangers = of(4634).filter(each => !on.has(`${each.host} ${each.get('TargetLogonId')}`));
    expect(strangers).toEqual([]);
  });

  test('dumps the process that is the LSA of that host', () => {
    const dump = of(1).find(each => each.get('CommandLine').includes('comsvcs'))!;
    const opened = of(10).find(
      each => each.host === dump.host && each.get('SourceProcessGUID') === dump.get('ProcessGuid'),
    )!;
    expect(opened.get('TargetImage')).toMatch(/lsass\.exe$/);
    expect(dump.get('CommandLine')).toContain(`MiniDump ${opened.get('TargetProcessId')} `);
  });

  test('shows a remote desktop on both sides', () => {
    const [asked] = of(1024).filter(each => each.get('Value').startsWith('HWDRILL-'));
    const target = of(1149).find(
      each =>
        each.host.startsWith(`${asked!.get('Value')}.`) &&
        Math.abs(each.micros - asked!.micros) < 20 * second,
    )!;
    const logon = of(4624).find(
      each =>
        each.host === target.host &&
        each.get('LogonType') === '10' &&
        each.get('IpAddress') === target.get('Param3') &&
        Math.abs(each.micros - target.micros) < 5 * second,
    );
    expect(logon).toBeDefined();
    const began = of(21).find(
      each => each.host === target.host && Math.abs(each.micros - logon!.micros) < 3 * second,
    )!;
    expect(began.get('Address')).toBe(target.get('Param3'));
  });
});

test('a shell over WMI touches its file under two logons, from two addresses', () => {
  const { events } = play('vpn-entry');
  const shell = events.find(each => each.eventId === 4688 && each.get('CommandLine').includes('ADMIN$\\__'))!;
  const name = /ADMIN\$\\(__[\d.]+)/.exec(shell.get('CommandLine'))![1]!;
  const touched = events.filter(each => each.eventId === 5145 && each.get('RelativeTargetName') === name);
  const local = touched.filter(each => each.get('IpAddress') === '127.0.0.1');
  const remote = touched.filter(each => each.get('IpAddress') !== '127.0.0.1');
  expect(new Set(local.map(each => each.get('SubjectLogonId')))).toEqual(
    new Set([shell.get('TargetLogonId')]),
  );
  const ids = new Set(remote.map(each => each.get('SubjectLogonId')));
  expect(ids.size).toBe(1);
  expect(ids.has(shell.get('TargetLogonId'))).toBe(false);
  const logon = events.find(
    each => each.eventId === 4624 && each.host === shell.host && ids.has(each.get('TargetLogonId')),
  )!;
  expect(logon.get('IpAddress')).toBe(remote[0]!.get('IpAddress'));
});

test('a cleared log begins with the record that says so', () => {
  const { events } = play('logs-cleared', 4);
  const cleared = events.filter(each => each.eventId === 1102 && each.channel === 'Security');
  expect(cleared.length).toBeGreaterThan(0);
  for (const { host, micros } of cleared) {
    const before = events.filter(
      each => each.host === host && each.channel === 'Security' && each.micros < micros,
    );
    expect(before).toEqual([]);
    expect(
      events.some(each => each.host === host && each.channel !== 'Security' && each.micros < micros),
    ).toBe(true);
  }
});
