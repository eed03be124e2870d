import { expect, test } from 'vitest';
import { testFact } from '../../../../test/fact.ts';
import { foundItem } from '../gather.ts';
import type { Item } from '../item.ts';
import { makeNames } from '../names.ts';
import { AccountUses } from './account-uses.ts';
import { keptIn, profilesOf } from './profiles.ts';
import type { Uses } from './uses.ts';

const names = makeNames(['ws6.example.test', 'ws7.example.test']);

function command(commandLine: string): Item {
  const fact = testFact({
    host: 'ws6.example.test',
    micros: 100,
    values: { commandLine, account: 'EXAMPLE\\thief' },
  });
  const rest = { behaviour: null, stage: 'credential-access', step: 'take', gravity: 'strong' } as const;
  return foundItem({ fact, ...rest, example: '', surprise: null, reasons: [] }, names);
}

const store = 'AppData\\Local\\Google\\Chrome\\User Data\\Local State';

test('the profile of a path on the own host', () => {
  expect(profilesOf(command(`copy "C:\\Users\\Jo\\${store}" C:\\Users\\Public\\x`), names)).toEqual([
    { host: 'ws6.example.test', user: 'jo' },
  ]);
});

test('the profile behind a share is of the host that has the share', () => {
  expect(profilesOf(command(`copy \\\\WS7\\c$\\Users\\jo\\${store} C:\\t`), names)).toEqual([
    { host: 'ws7.example.test', user: 'jo' },
  ]);
});

function usedFrom(source: string, first: number): Uses {
  const uses = new AccountUses();
  const use = { account: 'adm.jo', source, way: 'remote', host: 'jump.example.test', network: null };
  uses.uses.set('one', { ...use, first, last: first, input: 0, offset: 0 });
  return { byAccount: new Map([['adm.jo', uses]]), passwords: new Map(), isCut: false };
}

const stolen = command(`copy \\\\WS7\\c$\\Users\\jo\\${store} C:\\t`);

test('a profile keeps what its owner went on as from that machine', () => {
  expect(keptIn(stolen, usedFrom('ws7.example.test', 50), names)).toContain('adm.jo');
});

test('no account that came from there only later, or from elsewhere', () => {
  expect(keptIn(stolen, usedFrom('ws7.example.test', 150), names)).not.toContain('adm.jo');
  expect(keptIn(stolen, usedFrom('ws6.example.test', 50), names)).not.toContain('adm.jo');
});

test('who copies is not whose passwords they were', () => {
  expect(keptIn(stolen, usedFrom('ws7.example.test', 50), names)).not.toContain('thief');
});

test('where no profile is named it is that of who acted', () => {
  expect([...keptIn(command('cmdkey /list'), usedFrom('ws7.example.test', 50), names)]).toEqual(['thief']);
});
