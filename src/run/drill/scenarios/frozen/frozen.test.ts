/** What joins records in real logs joins them in these kinds too. */
import { describe, expect, test } from 'vitest';
import { type Seen, TestReader } from '../../../../../test/evtx-collect.ts';
import { generateDrill } from '../../generate.ts';
import { scenarioByName } from '../index.ts';

type Event = Pick<Seen, 'host' | 'channel' | 'eventId' | 'micros'> & {
  readonly get: (name: string) => string;
};

function play(name: string, days: number): readonly Event[] {
  const { files } = generateDrill({ scenario: scenarioByName(name)!, seed: 3, days, formats: ['evtx'] });
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
  return events;
}

const second = 1_000_000;

describe('work through services', () => {
  const events = play('renamed-services', 20);
  const starts = events.filter(({ eventId, channel }) => eventId === 1 && channel.includes('Sysmon'));
  const client = starts.find(each => each.get('OriginalFileName') === 'psexec.c')!;
  const service = /-r (\S+)/.exec(client.get('CommandLine'))![1]!;
  const target = /\\\\(\S+)/.exec(client.get('CommandLine'))![1]!;

  test('starts the program of the service that was just made, from the service control manager', () => {
    const made = events.find(
      each => each.eventId === 7045 && each.host.startsWith(target) && each.get('ServiceName') === service,
    )!;
    const started = starts.find(each => each.host === made.host && each.micros >= made.micros)!;
    expect(started.get('Image')).toBe(`C:\\Windows\\${service}.exe`);
    expect(started.get('ParentImage')).toMatch(/services\.exe$/);
  });
  test('carries the client and its process in the names of pipes', () => {
    const caller = client.host.split('.')[0]!;
    const pipes = events.filter(each => each.eventId === 17 && each.host.startsWith(target));
    expect(pipes.map(each => each.get('PipeName'))).toContain(
      `\\${service}-${caller}-${client.get('ProcessId')}-stdin`,
    );
  });
  test('leaves no record of Security, which nobody collects', () =>
    expect(events.filter(({ channel }) => channel === 'Security')).toEqual([]));
});

test('a password is set from the address that then logs on with it', () => {
  const events = play('helpdesk-resets', 35);
  const logons = events.filter(({ eventId }) => eventId === 4624);
  const addressOf = (set: Event): string =>
    logons
      .find(each => each.host === set.host && each.get('TargetLogonId') === set.get('SubjectLogonId'))!
      .get('IpAddress');
  const outside = events.filter(
    each => each.eventId === 4724 && /^10\.\d+\.212\./.test(addressOf(each)) === true,
  );
  expect(outside.length).toBeGreaterThan(1);
  for (const set of outside) {
    const used = logons.find(
      each =>
        each.get('TargetUserName') === set.get('TargetUserName') &&
        each.get('IpAddress') === addressOf(set) &&
        Math.abs(each.micros - set.micros) < 3600 * second,
    );
    expect(used).toBeDefined();
  }
});

test('a shadow copy is named by one record and copied from by the next commands', () => {
  const events = play('scripted-returns-quiet', 90);
  const made = events.filter(({ eventId }) => eventId === 8222);
  expect(made.length).toBeGreaterThan(0);
  for (const each of made) {
    const device = each.get('Data').split('|').at(-1)!;
    const copies = events.filter(
      other =>
        other.eventId === 4688 &&
        other.host === each.host &&
        other.get('CommandLine').includes(`${device}\\`),
    );
    expect(copies.length).toBeGreaterThan(1);
  }
});

test('an account of a host is checked by that host, and was not made in these logs', () => {
  const events = play('packed-later', 24);
  const local = events.filter(
    each => each.eventId === 4624 && each.get('TargetDomainName') === each.host.split('.')[0],
  );
  expect(local.length).toBeGreaterThan(2);
  const [first] = local;
  const checks = events.filter(
    each => each.eventId === 4776 && each.get('TargetUserName') === first!.get('TargetUserName'),
  );
  expect(new Set(checks.map(({ host }) => host))).toEqual(new Set([first!.host]));
  expect(events.filter(({ eventId }) => eventId === 4720)).toEqual([]);
});

test('what is read over the share weeks later is what a script locked, on the one domain controller', () => {
  const events = play('small-council', 40);
  const locked = events
    .filter(({ eventId }) => eventId === 4104)
    .flatMap(each => {
      const path = /WriteAllBytes\('C:\\([^']+)'/.exec(each.get('ScriptBlockText'))?.[1];
      return path === undefined ? [] : [{ path, host: each.host, micros: each.micros }];
    });
  expect(locked).toHaveLength(2);
  for (const { path, host, micros } of locked) {
    const read = events.find(each => each.eventId === 5145 && each.get('RelativeTargetName') === path)!;
    expect(read.host).toBe(host);
    expect((read.micros - micros) / second).toBeGreaterThan(7 * 86_400);
  }
  const granting = events.filter(({ eventId }) => eventId === 4768 || eventId === 4776);
  expect(new Set(granting.map(({ host }) => host)).size).toBe(1);
});
