import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Advisory, NeededSource } from '../advisories/index.ts';
import { loadAdvisory } from '../advisories/index.ts';
import {
  collectingFor,
  fieldSettingFor,
  keepingFor,
  type LogSetting,
  logSettings,
  settingById,
  settingKinds,
  settingsFor,
  settingsOf,
} from './index.ts';

const advisory = await packed();
const events = advisory.behaviours.flatMap(({ id: behaviour, sources }) =>
  sources.flatMap(({ channel, eventIds }) =>
    (eventIds.length === 0 ? [null] : eventIds).map(eventId => ({ behaviour, channel, eventId })),
  ),
);

describe('what behaviours need', () => {
  it('speaks of events at all', () => {
    expect(events.length).toBeGreaterThan(150);
  });

  it.each(events)('has a setting: $behaviour, $channel $eventId', ({ channel, eventId }) => {
    expect(settingsFor(channel, eventId)).not.toEqual([]);
  });

  it('has a way to fetch and to keep each log of Windows that a behaviour needs', () => {
    const logs = [...new Set(events.map(({ channel }) => channel))].filter(
      channel => channel !== 'fortigate',
    );
    expect(logs.filter(channel => collectingFor(channel) === null || keepingFor(channel) === null)).toEqual(
      [],
    );
  });

  it('names only settings that the whole source asks for', () => {
    for (const { id, sources } of advisory.behaviours) {
      for (const source of sources) expect(settingsOf(source), `${id} ${source.channel}`).not.toEqual([]);
    }
  });

  it('agrees with each GUID that an advisory gives', () => {
    const given = advisory.behaviours
      .flatMap(({ sources }) => sources)
      .filter(({ enable }) => enable?.includes('/subcategory:{'));
    expect(given.length).toBeGreaterThan(40);
    for (const source of given) {
      const commands = settingsOf(source).map(({ command = '' }) => command);
      const [guid] = /\{[\dA-F-]+\}/.exec(source.enable!)!;
      expect(commands.some(command => command.includes(guid))).toBe(true);
    }
  });
});

describe('table of settings', () => {
  it('has one id a row', () => {
    const ids = logSettings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter(id => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  });

  it('has settings of each kind', () => {
    expect(new Set(logSettings.map(({ kind }) => kind))).toEqual(new Set(settingKinds));
  });

  it.each(logSettings.map(each => [each.id, each] as const))('says how it is done: %s', (_, setting) => {
    const { command, groupPolicy, registry, configuration, source } = setting;
    expect([command, groupPolicy, registry, configuration].some(each => each !== undefined)).toBe(true);
    expect(source).toMatch(/^https:\/\/(?:learn\.microsoft\.com|docs\.fortinet\.com)\/\S+$/);
  });

  it.each(ofKind('audit-policy'))('is one well-formed subcategory: %s', (_, { command, groupPolicy }) => {
    expect(command).toMatch(
      /^auditpol \/set \/subcategory:\{0CCE92[1-4][\dA-F]-69AE-11D9-BED3-505054503030\} \/success:enable(?: \/failure:enable)?$/,
    );
    expect(groupPolicy).toMatch(
      /^Computer Configuration > Policies > Windows Settings > Security Settings > Advanced Audit Policy Configuration > Audit Policies > [^>]+ > Audit [^>]+$/,
    );
  });

  it.each(ofKind('policy'))('is a template and its value: %s', (_, { groupPolicy, registry, command }) => {
    expect(groupPolicy).toMatch(/^Computer Configuration > Policies > Administrative Templates > .+ > /);
    expect(registry).toMatch(/^HKLM\\SOFTWARE\\.+ = /);
    expect(command).toMatch(/^reg add "HKLM\\/);
  });

  it.each(ofKind('sysmon'))('is one closed element: %s', (_, { configuration }) => {
    const [, element] = /^<(\w+) onmatch="(?:include|exclude)"/.exec(configuration ?? '') ?? [];
    expect(element).toBeDefined();
    expect(configuration).toMatch(new RegExp(`(?:^<${element} onmatch="exclude"/>|</${element}>)$`));
  });

  it.each(ofKind('channel'))('sets the log that it names: %s', (_, { command, channel }) => {
    expect(command).toMatch(/^wevtutil sl "[^"]+"(?: \/e:true)? \/ms:\d+$/);
    expect(command).toContain(`"${channel}"`);
  });

  it.each(ofKind('collect'))('exports the log that it names: %s', (_, { command, channel }) => {
    expect(command).toMatch(/^wevtutil epl "[^"]+" "%TEMP%\\%COMPUTERNAME%-[^"/ ]+\.evtx"$/);
    expect(command).toContain(`"${channel}"`);
  });

  it('sizes logs in steps of 64 KB, as Windows does', () => {
    for (const { command = '' } of logSettings) {
      const bytes = Number(/\/ms:(\d+)/.exec(command)?.[1] ?? 0);
      expect(bytes % 65_536).toBe(0);
    }
  });
});

describe('questions', () => {
  it('says of which events one alone proves nothing', () => {
    const told = logSettings.filter(({ evenOff }) => evenOff !== undefined).map(({ id }) => id);
    expect(told).toEqual([
      'audit-process-creation',
      'powershell-script-blocks',
      'powershell-core-script-blocks',
    ]);
  });

  it('says of tickets that only controllers write them', () => {
    for (const eventId of [4662, 4768, 4769, 4771]) {
      expect(settingsFor('Security', eventId).map(({ onlyOn }) => onlyOn)).toEqual(['controllers']);
    }
    expect(settingsFor('Security', 6272)[0]?.onlyOn).toBe('policy-servers');
  });

  it('gives the cheapest first', () => {
    for (const { channel, eventId } of events) {
      const costs = settingsFor(channel, eventId).map(({ cost }) => cost);
      expect(costs).toEqual(costs.toSorted((left, right) => left - right));
    }
  });

  it('compares channels without case', () => {
    expect(settingsFor('security', 4688)).toEqual(settingsFor('SECURITY', 4688));
    expect(ids(settingsFor('security', 4688))).toEqual(['audit-process-creation']);
  });

  it('keeps what adds a field apart from what writes the event', () => {
    expect(fieldSettingFor('security', 4688, 'CommandLine')?.id).toBe('policy-command-line');
    expect(fieldSettingFor('Security', 4688, 'NewProcessName')).toBeNull();
    expect(fieldSettingFor('Security', 4689, 'CommandLine')).toBeNull();
  });

  it('finds a setting by its id and none by another', () => {
    expect(settingById('audit-logon')?.eventIds).toContain(4624);
    expect(settingById('toString')).toBeNull();
  });

  it('knows nothing of events that nobody named', () => {
    expect(settingsFor('Security', 1)).toEqual([]);
    expect(settingsFor('Elsewhere', 4688)).toEqual([]);
  });

  it('says of a device whatever switches any of its events on', () => {
    expect(ids(settingsFor('fortigate', null))).toEqual([
      'fortigate-vpn-events',
      'fortigate-system-events',
      'fortigate-syslog',
    ]);
    expect(ids(settingsFor('fortigate', 39_947))).toEqual(['fortigate-vpn-events', 'fortigate-syslog']);
  });

  it('takes the subcategory that the advisory means where several write an event', () => {
    const lsass = needed([4656, 4663], 'auditpol /set /subcategory:"Kernel Object" /success:enable');
    expect(ids(settingsOf(lsass))).toEqual(['audit-kernel-object']);
    const hives = needed([4656, 4663], 'auditpol for File System and Registry, and system access lists');
    expect(ids(settingsOf(hives))).toEqual(['audit-file-system', 'audit-registry']);
  });

  it('leaves out no event of a source that names one subcategory of two', () => {
    const source = needed([4663, 5145], 'auditpol /set /subcategory:"File System" /success:enable');
    expect(ids(settingsOf(source))).toEqual(['audit-file-system', 'audit-detailed-file-share']);
  });

  it('asks for the command line too where a source is blind without it', () => {
    const source = { ...needed([4688], null), fields: ['NewProcessName', 'CommandLine'] };
    expect(ids(settingsOf(source))).toEqual(['policy-command-line', 'audit-process-creation']);
  });
});

async function packed(): Promise<Advisory> {
  const path = fileURLToPath(new URL('../../../advisories/volt-typhoon', import.meta.url));
  return (await loadAdvisory(path)).advisory!;
}

function needed(eventIds: readonly number[], enable: string | null): NeededSource {
  return { channel: 'Security', eventIds, fields: [], enable };
}

function ids(settings: readonly LogSetting[]): readonly string[] {
  return settings.map(({ id }) => id);
}

function ofKind(kind: LogSetting['kind']): (readonly [string, LogSetting])[] {
  return logSettings.filter(each => each.kind === kind).map(each => [each.id, each]);
}
