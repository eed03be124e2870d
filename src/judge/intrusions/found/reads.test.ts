/** What was packed is followed under the names that it is given, until somebody fetches it. */
import { expect, test } from 'vitest';
import { judged, verdictsOf } from '../../../../test/judged.ts';
import { behaviours, World } from '../../../../test/judging.ts';

const host = 'app1.example.test';
const by = { host, account: 'APP1\\support', logonId: 0x70, pid: 8 };
const renamed = { ...behaviours.archive, id: 'VT-ST-08', title: 'Renamed', gravity: 'weak' as const };

function pack(world: World): void {
  world.find(behaviours.archive, {
    ...{ ...by, at: '2026-10-01T02:00:00Z' },
    commandLine: 'q.exe a -pSecret -v50m c:\\p\\qk.tmp c:\\in\\*',
  });
}

function rename(world: World, from: string, to: string): void {
  world.find(renamed, { ...by, at: '2026-10-01T02:05:00Z', commandLine: `cmd /c move ${from} ${to}` });
}

/** How grave the fetch of a file over the administrative share is; null = it is no evidence. */
function fetched(world: World, file: string): string | null {
  const read = {
    type: 'share-access' as const,
    share: '\\\\*\\C$',
    file,
    account: 'APP1\\support',
    logonId: 0x99,
  };
  world.fact({ ...read, at: '2026-10-01T03:00:00Z', host, sourceIp: '10.9.0.5', action: 'read' });
  const all = judged(world).intrusions.flatMap(({ evidence }) => evidence);
  const found = all.find(({ fact }) => fact.type === 'share-access');
  return found === undefined ? null : found.weight > Math.log2(20) ? 'strong' : 'weak';
}

test('an archive that is fetched under the name of an image is strong', () => {
  const world = new World();
  pack(world);
  rename(world, 'c:\\p\\qk.tmp.001', 'c:\\windows\\web\\img7.jpg');
  expect(fetched(world, 'windows\\web\\img7.jpg')).toBe('strong');
});

test('a picture of the same folder is nothing', () => {
  const world = new World();
  pack(world);
  rename(world, 'c:\\p\\qk.tmp.001', 'c:\\windows\\web\\img7.jpg');
  expect(fetched(world, 'windows\\web\\img8.jpg')).toBeNull();
});

test('what another command renamed was never packed', () => {
  const world = new World();
  pack(world);
  rename(world, 'c:\\p\\other.tmp', 'c:\\windows\\web\\img7.jpg');
  expect(fetched(world, 'windows\\web\\img7.jpg')).toBeNull();
});

/** The archive is fetched from an inner address, under an account of the host or of the domain. */
function carriedOut(account: string, isTunnel: boolean): string[] {
  const world = new World();
  const from = { at: '2026-10-01T01:50:00Z', sourceIp: '203.0.113.9', target: '10.9.0.5' };
  if (isTunnel) world.fact({ ...from, host: 'fw1', type: 'tunnel', account: 'jdoe', action: 'up' });
  const logon = { type: 'logon' as const, logonType: 10, account, sourceIp: '10.9.0.5', host };
  world.fact({ ...logon, at: '2026-10-01T01:55:00Z', logonId: 0x70 });
  world.find(behaviours.archive, {
    ...{ at: '2026-10-01T02:00:00Z', host, account, logonId: 0x70, pid: 8 },
    commandLine: '7z.exe a -pSecret -v50m c:\\p\\qk.7z c:\\in\\*',
  });
  world.fact({
    ...{ type: 'share-access', share: '\\\\*\\C$', file: 'p\\qk.7z.001', account, logonId: 0x99 },
    ...{ at: '2026-10-01T03:00:00Z', host, sourceIp: '10.9.0.5', action: 'read' },
  });
  return verdictsOf(judged(world));
}

test('what an account of the host itself packs and fetches through a tunnel is suspected', () => {
  expect(carriedOut('APP1\\support', true)).toEqual(['suspected']);
});

test('an administrator of the domain who does so leaves a weak story', () => {
  expect(carriedOut('EXAMPLE\\adm.hollis', true)).toEqual(['lead']);
});

test('and so does whoever fetches it from inside', () => {
  expect(carriedOut('APP1\\support', false)).toEqual(['lead']);
});
