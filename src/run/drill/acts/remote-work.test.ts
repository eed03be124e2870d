/** What joins the records of remote PowerShell, scheduled tasks, added services and shadow copies, as in real logs. */
import { describe, expect, test } from 'vitest';
import type { EvtxEvent } from '../../../read/sources/index.ts';
import { Random } from '../random.ts';
import { Session } from '../session.ts';
import { hour, minute, second } from '../time.ts';
import { World } from '../world/world.ts';
import { visit } from './network.ts';
import { RemoteShell } from './remoting.ts';
import { makeTask, removeTask, runTask } from './scheduled.ts';
import { addService } from './services.ts';
import { shadowOf } from './theft.ts';

const every = { collected: true, processes: 'lines', scripts: true, objects: true, shares: 'files' } as const;

function worldOf(): World {
  const logs = { dc: every, file: every, management: every, workstation: every };
  const first = Date.UTC(2026, 2, 2) * 1000;
  return new World(new Random(4), new Random(5), first, 5, { formats: ['evtx'], logs });
}

/** The records of one number, in the order they were made. */
function of(world: World, eventId: number): readonly EvtxEvent[] {
  return world.recorder.windows.map(({ event }) => event).filter(event => event.eventId === eventId);
}

function get(event: EvtxEvent | undefined, name: string): string {
  if (event?.data.kind !== 'named') throw new Error('no such record');
  const value = event.data.fields.find(([key]) => key === name)?.[1];
  return typeof value === 'object' && value !== null && 'value' in value
    ? String(value.value)
    : String(value);
}

describe('PowerShell on another host', () => {
  const world = worldOf();
  const time = world.calendar.at(2, 10);
  const person = world.site.admins[0]!;
  const machine = world.workstationOf(person);
  const desk = new Session({ machine, account: person.account, type: 2, time: time - minute });
  const shell = new RemoteShell(world, { from: desk, to: world.the('file'), account: person.admin!, time });
  shell.run(time + second, 'whoami.exe', '"C:\\Windows\\system32\\whoami.exe"');
  shell.script(time + 2 * second, 'Get-Volume');

  test('is a process that DCOM starts for the user, under the network logon', () => {
    const [host] = of(world, 4688).filter(each => get(each, 'NewProcessName').endsWith('wsmprovhost.exe'));
    expect(get(host, 'SubjectLogonId')).toBe(String(0x3e7));
    expect(get(host, 'ProcessId')).toBe(String(world.the('file').standing('dcom', time).pid));
    const [logon] = of(world, 4624).filter(each => get(each, 'LogonType') === '3');
    expect(get(host, 'TargetLogonId')).toBe(get(logon, 'TargetLogonId'));
    expect(get(logon, 'IpAddress')).toBe(machine.host.address);
  });
  test('starts what is typed under that logon, as its child', () => {
    const [typed] = of(world, 4688).filter(each => get(each, 'NewProcessName').endsWith('whoami.exe'));
    expect(get(typed, 'ParentProcessName')).toMatch(/wsmprovhost\.exe$/);
    expect(get(typed, 'SubjectLogonId')).toBe(String(shell.session.logonId));
  });
  test('is asked for on one host and let in on the other', () => {
    const [asked] = of(world, 6);
    expect(asked!.computer).toBe(machine.host.fqdn);
    expect(get(asked, 'connection')).toContain(world.the('file').host.name);
    for (const eventId of [91, 169])
      expect(of(world, eventId)[0]!.computer).toBe(world.the('file').host.fqdn);
    expect(get(of(world, 4648).at(-1), 'TargetUserName')).toBe(person.admin!.name);
  });
  test('leaves the text of a script under the process that ran it', () =>
    expect(of(world, 4104)[0]!.processId).toBe(shell.process.pid));
  test('comes with NTLM from a machine of nobody here', () => {
    const other = worldOf();
    const origin = { address: '10.1.212.9', name: 'LAPTOP-X' };
    const account = other.site.tasks;
    void new RemoteShell(other, { origin, to: other.the('file'), account, time });
    expect(get(of(other, 169)[0], 'authenticationMechanism')).toBe('NTLM');
    expect(get(of(other, 4624)[0], 'WorkstationName')).toBe('LAPTOP-X');
    expect(of(other, 6)).toEqual([]);
  });
});

describe('a scheduled task', () => {
  const world = worldOf();
  const time = world.calendar.at(1, 9);
  const dc = world.the('dc');
  const [account, origin] = [world.site.admins[0]!.admin!, world.originOf(world.the('file'))];
  const session = visit(world, { to: dc, account, origin, time });
  const task = {
    name: '\\A\\B',
    runsAs: world.site.tasks,
    command: 'cmd.exe',
    arguments: '/c echo "a" > b & exit',
    time: time + 5 * hour,
  };
  makeTask(world, session, time + second, task);
  const run = runTask(world, dc, task);
  removeTask(world, session, time + 6 * hour, task);

  test('is made and removed under the logon that asked for it, in both logs', () => {
    for (const eventId of [4698, 4699]) {
      expect(get(of(world, eventId)[0], 'SubjectLogonId')).toBe(String(session.logonId));
    }
    expect([106, 141].map(eventId => of(world, eventId).length)).toEqual([1, 1]);
  });
  test('says in its definition what it runs, escaped, and when by the clock of the site', () => {
    const content = get(of(world, 4698)[0], 'TaskContent');
    expect(content).toContain('<Arguments>/c echo &quot;a&quot; &gt; b &amp; exit</Arguments>');
    expect(content).toContain('T14:00:00</StartBoundary>');
  });
  test('runs as one process in the log of processes and in its own', () => {
    const [started] = of(world, 4688);
    expect(get(started, 'NewProcessId')).toBe(String(run.process.pid));
    expect(get(started, 'TargetLogonId')).toBe(String(run.session.logonId));
    for (const [eventId, name] of [
      [129, 'ProcessID'],
      [200, 'EnginePID'],
      [201, 'EnginePID'],
    ] as const) {
      expect(get(of(world, eventId)[0], name)).toBe(String(run.process.pid));
    }
  });
});

test('a service is added under one name and path in both logs', () => {
  const world = worldOf();
  const time = world.calendar.at(1, 9);
  const dc = world.the('dc');
  const account = world.site.admins[0]!.admin!;
  const session = visit(world, { to: dc, account, origin: world.originOf(world.the('file')), time });
  addService(session, time + second, { name: 'x', path: 'C:\\x.exe', start: 'auto start' });
  const [[audited], [added]] = [of(world, 4697), of(world, 7045)];
  expect(get(audited, 'ServiceFileName')).toBe(get(added, 'ImagePath'));
  expect(get(added, 'StartType')).toBe('auto start');
  expect(added!.userId).toBe(account.sid);
});

test('a shadow copy names the process that asked for it', () => {
  const world = worldOf();
  const time = world.calendar.at(1, 9);
  const dc = world.the('dc');
  const account = world.site.admins[0]!.admin!;
  const session = new Session({ machine: dc, account, type: 2, time });
  const tool = session.run(time + minute, 'diskshadow.exe', 'diskshadow  /s a.txt');
  shadowOf(world, session, tool, time + minute + second);
  const [made] = of(world, 8222);
  const values = made?.data.kind === 'unnamed' ? made.data.values : [];
  expect(Number(values[2])).toBe(tool.pid);
  expect(values.slice(0, 2)).toEqual([account.sid, `${account.domain}\\${account.name}`]);
});
