/** What both forms of the manifest have in common: small values of text that are checked, not believed. */
import { parseTime } from '../events/index.ts';
import type { AuditSetting } from './collection.ts';
import { MOST_AUDIT_SETTINGS, MOST_TEXT } from './limits.ts';

/** Text of a bounded length; null where it is none or empty. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim().slice(0, MOST_TEXT);
  return text === '' ? null : text;
}

export function timeOf(value: unknown): number | null {
  const text = textOf(value);
  return text === null ? null : (parseTime(text) ?? null);
}

/** A whole number from 0 on. */
export function countOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** 64 hexadecimal digits; old versions of certutil write blanks between them. */
export function sha256Of(value: unknown): string | null {
  const digits = textOf(value)?.replaceAll(' ', '').toLowerCase();
  return digits !== undefined && /^[0-9a-f]{64}$/.test(digits) ? digits : null;
}

/**
 * The random words of a script and of its run. A short one would fit events of others, so what is too short to be
 * random is none.
 */
export function scriptIdOf(value: unknown): string | null {
  const id = textOf(value)?.toLowerCase();
  return id !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : null;
}

export function markerOf(value: unknown): string | null {
  const marker = textOf(value)?.toLowerCase();
  return marker !== undefined && /^[0-9a-f]{19,64}$/.test(marker) ? marker : null;
}

/** A name beside the manifest; null for anything that leads elsewhere. */
export function fileNameOf(value: unknown): string | null {
  const name = textOf(value);
  return name === null || /[\\/]/.test(name) || name === '.' || name === '..' ? null : name;
}

/** Seconds that the host's clock was off, out of what `w32tm /query /status /verbose` prints. */
export function clockOffsetOf(lines: readonly string[]): number | null {
  for (const line of lines) {
    const found = /^Phase Offset: {0,8}([+-]?\d{1,10}(?:[.,]\d{1,9})?)s\s{0,8}$/.exec(line);
    if (found !== null) return Number(found[1]!.replace(',', '.'));
  }
  // In other languages the labels differ, but not the order: root delay, root dispersion, phase offset.
  const spans = lines.flatMap(line => /: {0,8}([+-]?\d{1,10}[.,]\d{7})s\s{0,8}$/.exec(line)?.[1] ?? []);
  return spans[2] === undefined ? null : Number(spans[2].replace(',', '.'));
}

/** Rows of `auditpol /get /r`: machine, target, subcategory, GUID, inclusion, exclusion. */
export function auditPolicyOf(lines: readonly string[]): AuditSetting[] {
  const settings: AuditSetting[] = [];
  for (const line of lines) {
    if (settings.length >= MOST_AUDIT_SETTINGS) break;
    const [, , subcategory, guid, setting] = line.slice(0, MOST_TEXT).split(',');
    if (guid === undefined || !/^\{[0-9A-Fa-f-]{36}\}$/.test(guid)) continue;
    settings.push({ guid: guid.toLowerCase(), subcategory: subcategory!, setting: setting ?? '' });
  }
  return settings;
}

/** Names without repetition, in lower case: the short one and the full one. */
export function namesOf(names: readonly (string | null)[]): string[] {
  return [...new Set(names.flatMap(name => (name === null ? [] : [name.toLowerCase()])))];
}
