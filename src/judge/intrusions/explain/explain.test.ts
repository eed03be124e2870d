import { expect, test } from 'vitest';
import { judged } from '../../../../test/judged.ts';
import { behaviours, type Told, World } from '../../../../test/judging.ts';
import type { Intrusion } from '../../types.ts';

const { ntds, archive, survey, lsass } = behaviours;

const theft: Told = {
  at: '2026-10-08T01:52:33Z',
  account: 'EXAMPLE\\adm.hollis',
  logonId: 0x551686,
  pid: 2772,
  commandLine: 'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q',
};
const packing: Told = {
  ...theft,
  at: '2026-10-08T02:01:00Z',
  pid: 3000,
  commandLine: '7z a -p*** c:\\windows\\temp\\d.7z c:\\windows\\temp\\pro',
};

function told(
  more: (world: World) => void = () => {},
  isPlant: (host: string) => boolean = () => false,
): Intrusion {
  const world = new World();
  world.fact({
    at: '2026-10-08T01:40:00Z',
    type: 'logon',
    logonType: 3,
    logonId: 0x551686,
    account: 'EXAMPLE\\adm.hollis',
    sourceIp: '172.18.39.5',
  });
  world.find(ntds, theft);
  world.find(archive, packing);
  more(world);
  return judged(world, { isPlant }).intrusions[0]!;
}

test('the summary says what, where and by whom', () => {
  expect(told().summary).toBe(
    'Directory database copied on dc1.example.test by EXAMPLE\\adm.hollis, with Archive with a password.',
  );
});

test('what speaks for it tells the chain in one breath, and how it is linked', () => {
  const { for: pros } = told();
  expect(pros[0]).toBe(
    'Directory database copied on dc1.example.test by EXAMPLE\\adm.hollis at 2026-10-08 01:52:33 UTC, and archive with a password there 8 min later.',
  );
  expect(pros.join(' ')).toContain(
    '“Directory database copied” and “Archive with a password” are linked: same logon 0x551686 on dc1.example.test, opened from 172.18.39.5',
  );
});

test('the chain names whose account came back, when and from where', () => {
  const intrusion = told(world => {
    world.fact({
      at: '2026-11-02T03:05:31Z',
      type: 'logon',
      logonType: 10,
      logonId: 0x888,
      account: 'EXAMPLE\\adm.hollis',
      sourceIp: '203.0.113.134',
    });
    world.find(archive, {
      ...packing,
      at: '2026-11-02T03:10:00Z',
      logonId: 0x888,
      pid: 1,
      commandLine: '7z a -p c:\\y.7z',
    });
    for (let i = 0; i < 60; i++) {
      const at = new Date(Date.UTC(2026, 7, 1 + i)).toISOString();
      world.fact({
        at,
        type: 'logon',
        logonType: 3,
        logonId: 900 + i,
        account: 'EXAMPLE\\adm.hollis',
        sourceIp: '172.18.39.5',
      });
    }
  });
  expect(intrusion.for[0]).toContain(
    'EXAMPLE\\adm.hollis came back on dc1.example.test on 2026-11-02 from 203.0.113.134',
  );
});

test('what speaks against it begins with the gravest, not with weak evidence that is ordinary', () => {
  const intrusion = told(world => {
    for (let i = 0; i < 9; i++) {
      world.find(archive, { ...packing, at: `2026-09-0${i + 1}T02:01:00Z`, logonId: 50 + i, pid: 40 + i });
    }
  });
  expect(intrusion.against[0]).toContain('Directory database copied also comes with');
  expect(intrusion.against.join(' ')).toContain('Archive with a password on dc1.example.test: EXAMPLE');
});

test('what speaks against it names what looks alike', () => {
  expect(told().against.join(' ')).toContain('also comes with a domain controller promoted from media');
});

test('what would settle it has host, account and time filled in', () => {
  const { settle } = told();
  expect(settle).toContain(
    'Ask the directory administrators: Did EXAMPLE\\adm.hollis make media on dc1.example.test at 2026-10-08 01:52:33 UTC?',
  );
  expect(settle).toContain('Fetch the Application log of dc1.example.test.');
});

test('a text of the log that looks like a placeholder fills nothing in', () => {
  const intrusion = told(world => {
    world.find(ntds, { ...theft, at: '2026-10-08T01:52:00Z', account: 'EXAMPLE\\{host}$&' });
  });
  expect(JSON.stringify(intrusion.settle)).toContain('{host}$&');
});

test('the story tells stretches in order, with who came from where', () => {
  expect(told().story).toEqual([
    '2026-10-08 01:52:33 to 02:01:00 UTC, EXAMPLE\\adm.hollis, coming from 172.18.39.5, on dc1.example.test: Directory database copied and Archive with a password.',
  ]);
});

test('a story of very many stretches stays short', () => {
  const intrusion = told(world => {
    for (let i = 0; i < 60; i++) {
      const at = new Date(Date.UTC(2026, 9, 8, 2, i)).toISOString();
      world.find(survey, {
        ...theft,
        at,
        host: i % 2 === 0 ? 'dc1.example.test' : 'ws6',
        pid: 9000 + i,
        commandLine: `whoami ${i}`,
      });
      world.fact({
        at,
        host: 'ws6',
        type: 'logon',
        logonId: 0x551686,
        logonType: 3,
        account: 'EXAMPLE\\adm.hollis',
        sourceIp: '172.18.39.5',
      });
    }
  });
  expect(intrusion.story.length).toBeLessThanOrEqual(8);
});

test('what to do first begins with the steps of the advisory', () => {
  expect(told().first[0]).toBe('Preserve: copy the logs of dc1.example.test');
});

test('on a host of the plant nothing is advised that could stop it', () => {
  const { first } = told(
    world =>
      world.find(lsass, {
        ...theft,
        host: 'hmi7',
        at: '2026-10-08T01:50:00Z',
        commandLine: 'x \\\\dc1\\c$\\windows\\temp\\pro',
      }),
    host => host === 'hmi7',
  );
  expect(first[0]).toContain('Call the control room before anything else: hmi7');
  expect(first[0]).toContain('Do not isolate, restart or block');
});

test('hands on a keyboard are told of a session that is evidence', () => {
  const seconds = [0, 34, 51, 140, 155, 232];
  const commands = ['whoami /all', 'net user', 'nltest /dclist:', 'ipconfig /all', 'tasklist /v', 'quser'];
  const intrusion = told(world => {
    for (const [i, commandLine] of commands.entries()) {
      const at = new Date(Date.UTC(2026, 9, 8, 1, 45, seconds[i])).toISOString();
      world.find(survey, {
        ...theft,
        at,
        pid: 7000 + i,
        parentPid: 6000,
        image: `C:\\Windows\\System32\\${commandLine.split(' ')[0]}.exe`,
        parentImage: 'C:\\Windows\\System32\\cmd.exe',
        parentCommandLine: 'cmd.exe',
        commandLine,
      });
    }
  });
  expect(intrusion.for.at(-1)).toContain(
    'A person seems to have typed in logon 0x551686 on dc1.example.test',
  );
});
