/**
 * The table of settings, and the questions it answers: what switches this event on, what adds this field to it, what
 * fetches this log. Channel names compare without case, as Windows compares them. Cost: two maps, built once.
 */
import { fold } from '../../read/events/index.ts';
import type { NeededSource } from '../advisories/index.ts';
import { auditPolicy } from './audit-policy.ts';
import { channels } from './channels.ts';
import { collecting } from './collecting.ts';
import { devices } from './devices.ts';
import { powershellPolicies } from './powershell.ts';
import { processLines } from './process-lines.ts';
import { sysmonElements } from './sysmon.ts';
import type { LogSetting } from './types.ts';

/** Every setting we know, the cheapest first. */
export const logSettings: readonly LogSetting[] = [
  ...collecting,
  ...processLines,
  ...auditPolicy,
  ...channels,
  ...powershellPolicies,
  ...sysmonElements,
  ...devices,
].sort((left, right) => left.cost - right.cost);

const byId: ReadonlyMap<string, LogSetting> = new Map(logSettings.map(setting => [setting.id, setting]));
const byChannel: ReadonlyMap<string, readonly LogSetting[]> = groupedByChannel();

export function settingById(id: string): LogSetting | null {
  return byId.get(id) ?? null;
}

/**
 * What switches an event of a channel on, the cheapest first; empty where we know of nothing. Null = any event of the log (a
 * device's, whose behaviours name none).
 */
export function settingsFor(channel: string, eventId: number | null): readonly LogSetting[] {
  return ofChannel(channel).filter(({ kind, eventIds, field }) => {
    if (field !== null) return false;
    if (eventId !== null && eventIds.includes(eventId)) return true;
    return kind === 'device' && (eventId === null || eventIds.length === 0);
  });
}

/** What adds a field to an event that is there without it; null = nothing, it is always there or never. */
export function fieldSettingFor(channel: string, eventId: number, field: string): LogSetting | null {
  const found = ofChannel(channel).find(each => each.field === field && each.eventIds.includes(eventId));
  return found ?? null;
}

/** How a log is fetched that is missing among the logs at hand. */
export function collectingFor(channel: string): LogSetting | null {
  return ofChannel(channel).find(({ kind }) => kind === 'collect') ?? null;
}

/** How a log of Windows is made to reach back further. */
export function keepingFor(channel: string): LogSetting | null {
  return ofChannel(channel).find(({ kind }) => kind === 'channel') ?? null;
}

const GUID = /\{0CCE[\dA-F]{4}-69AE-11D9-BED3-505054503030\}/gi;

/**
 * What would let a source of a behaviour show it: the settings of its events and of the fields without which it is blind,
 * the cheapest first. Several subcategories write 4656 and 4663; where the advisory says which one it means, the others
 * are left out, for they would switch on something else.
 */
export function settingsOf(source: NeededSource): readonly LogSetting[] {
  const { channel, eventIds, fields } = source;
  const events =
    eventIds.length === 0 ? settingsFor(channel, null) : eventIds.flatMap(id => settingsFor(channel, id));
  const added = eventIds.flatMap(id => fields.map(field => fieldSettingFor(channel, id, field)));
  const meant = events.filter(each => isNamed(each, source.enable));
  const settings = [...meant, ...(meant.length === 0 ? events : ownOf(events, meant)), ...added];
  return [...new Set(settings.filter(each => each !== null))].sort((left, right) => left.cost - right.cost);
}

/** Those that write an event which none of the meant ones writes. */
function ownOf(events: readonly LogSetting[], meant: readonly LogSetting[]): readonly LogSetting[] {
  const covered = new Set(meant.flatMap(({ eventIds }) => eventIds));
  return events.filter(({ eventIds }) => !eventIds.some(id => covered.has(id)));
}

function isNamed(setting: LogSetting, enable: string | null): boolean {
  if (enable === null || setting.kind !== 'audit-policy') return false;
  const guid = setting.command?.match(GUID)?.[0];
  if (enable.match(GUID)?.some(each => each.toLowerCase() === guid?.toLowerCase())) return true;
  const name = setting.groupPolicy?.split(' > Audit ').at(-1);
  return name !== undefined && new RegExp(`\\b${name}\\b`, 'i').test(enable);
}

function groupedByChannel(): Map<string, LogSetting[]> {
  const groups = new Map<string, LogSetting[]>();
  for (const setting of logSettings) {
    const key = fold(setting.channel);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [setting]);
    else group.push(setting);
  }
  return groups;
}

function ofChannel(channel: string): readonly LogSetting[] {
  return byChannel.get(fold(channel)) ?? [];
}
