/** `manifest.json`, as the PowerShell script writes it; its shape is `schema/manifest.schema.json`. */
import type { CollectedFile, Collection, ParsedManifest } from './collection.ts';
import { MOST_ERRORS, MOST_FILES } from './limits.ts';
import {
  auditPolicyOf,
  clockOffsetOf,
  countOf,
  fileNameOf,
  markerOf,
  namesOf,
  scriptIdOf,
  sha256Of,
  textOf,
  timeOf,
} from './parts.ts';

type Json = Readonly<Record<string, unknown>>;

/** The object itself, or one without anything. */
function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function listOf(value: unknown, most: number): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}

function linesOf(value: unknown, most: number): string[] {
  return listOf(value, most).flatMap(line => textOf(line) ?? []);
}

export function parseJsonManifest(text: string): ParsedManifest {
  let manifest: Json;
  try {
    manifest = objectOf(JSON.parse(text));
  } catch {
    return { kind: 'fault', message: 'a manifest of a collection that is no valid JSON' };
  }
  if (manifest['version'] !== 1) {
    return {
      kind: 'fault',
      message: 'a manifest of a collection in a version that this program does not know',
    };
  }
  const script = objectOf(manifest['script']);
  const host = objectOf(manifest['host']);
  const clock = objectOf(manifest['clock']);
  const scriptId = scriptIdOf(script['id']);
  const marker = markerOf(manifest['marker']);
  const name = textOf(host['name']);
  if (scriptId === null || marker === null || name === null) {
    return { kind: 'fault', message: 'a manifest of a collection without host, script or marker' };
  }
  const collection: Collection = {
    scriptId,
    marker,
    generator: textOf(script['generator']) ?? '',
    host: textOf(host['fqdn']) ?? name,
    names: namesOf([name, textOf(host['fqdn'])]),
    start: timeOf(manifest['start']),
    end: timeOf(manifest['end']),
    clockOffset: clockOffsetOf(linesOf(clock['status'], 100)),
    clockSource: linesOf(clock['source'], 1)[0] ?? null,
    files: listOf(manifest['channels'], MOST_FILES).flatMap(entry => fileOf(objectOf(entry)) ?? []),
    auditPolicy: auditPolicyOf(linesOf(manifest['auditPolicy'], MOST_FILES)),
    errors: listOf(manifest['errors'], MOST_ERRORS).flatMap(entry => {
      const { step, message } = objectOf(entry);
      const said = [textOf(step), textOf(message)].filter(part => part !== null);
      return said.length === 0 ? [] : [said.join(': ')];
    }),
  };
  return { kind: 'collection', collection };
}

function fileOf(entry: Json): CollectedFile | null {
  const channel = textOf(entry['name']);
  if (channel === null) return null;
  const file = fileNameOf(entry['file']);
  const state = entry['state'];
  return {
    channel,
    state: state === 'exported' || state === 'empty' || state === 'absent' ? state : 'failed',
    file,
    sha256: sha256Of(entry['sha256']),
    oldest: timeOf(entry['oldest']),
    oldestRecord: countOf(entry['oldestRecordNumber']),
    maximumSize: countOf(entry['maximumSize']),
    logMode: textOf(entry['logMode']),
    enabled: typeof entry['enabled'] === 'boolean' ? entry['enabled'] : null,
  };
}
