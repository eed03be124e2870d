/**
 * `manifest.txt`, as the script for the command prompt writes it: a line `key=value` each, those of a channel behind
 * `channel=`, and what Windows' programs print as it is, behind a key that says who printed it.
 */
import type { CollectedFile, ParsedManifest } from './collection.ts';
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

/** Values by key, in the order of the lines. */
type Lines = ReadonlyMap<string, readonly string[]>;

export function parseTextManifest(text: string): ParsedManifest {
  const { head, channels } = sectionsOf(text);
  const one = (key: string): string | null => textOf(head.get(key)?.[0]);
  if (one('version') !== '1') {
    return {
      kind: 'fault',
      message: 'a manifest of a collection in a version that this program does not know',
    };
  }
  const scriptId = scriptIdOf(one('id'));
  const marker = markerOf(one('marker'));
  const name = environmentOf(head, 'COMPUTERNAME');
  if (scriptId === null || marker === null || name === null) {
    return { kind: 'fault', message: 'a manifest of a collection without host, script or marker' };
  }
  const hostName = settingOf(head, 'Hostname') ?? name;
  const domain = settingOf(head, 'NV Domain') ?? settingOf(head, 'Domain');
  const full = domain === null ? hostName : `${hostName}.${domain}`;
  const collection = {
    scriptId,
    marker,
    generator: one('generator') ?? '',
    host: full,
    names: namesOf([name, hostName, full]),
    start: timeOf(one('start')),
    end: timeOf(one('end')),
    clockOffset: clockOffsetOf(head.get('clock.status') ?? []),
    clockSource: one('clock.source'),
    files: channels.map(fileOf),
    auditPolicy: auditPolicyOf(head.get('audit') ?? []),
    errors: [head, ...channels]
      .flatMap(section => section.get('error') ?? [])
      .flatMap(line => textOf(line) ?? [])
      .slice(0, MOST_ERRORS),
  };
  return { kind: 'collection', collection };
}

/** Keys of lines that belong to the channel named last; all others are of the whole. */
const channelKeys: ReadonlySet<string> = new Set([
  'gl',
  'gli',
  'state',
  'file',
  'bytes',
  'certutil',
  'error',
]);

function sectionsOf(text: string): { readonly head: Lines; readonly channels: readonly Lines[] } {
  const head = new Map<string, string[]>();
  const channels: Map<string, string[]>[] = [];
  let current = head;
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    if (equals <= 0) continue;
    const key = line.slice(0, equals);
    if (key === 'channel') {
      if (channels.length >= MOST_FILES) break;
      current = new Map();
      channels.push(current);
    }
    const section = key === 'channel' || channelKeys.has(key) ? current : head;
    const value = line.slice(equals + 1).replace(/\r$/, '');
    const values = section.get(key);
    if (values === undefined) section.set(key, [value]);
    else values.push(value);
  }
  return { head, channels };
}

function environmentOf(head: Lines, name: string): string | null {
  const line = head.get('env')?.find(value => value.toUpperCase().startsWith(`${name}=`));
  return textOf(line?.slice(name.length + 1));
}

/** A text value out of the lines of `reg query`: `    Hostname    REG_SZ    DC1`. */
function settingOf(head: Lines, name: string): string | null {
  const start = `    ${name}    REG_SZ    `;
  return textOf(
    head
      .get('setting')
      ?.find(line => line.startsWith(start))
      ?.slice(start.length),
  );
}

/** A value out of the lines of `wevtutil gl` or `gli`: `  maxSize: 20971520`. */
function printedOf(lines: readonly string[] | undefined, name: string): string | null {
  for (const line of lines ?? []) {
    const text = line.trimStart();
    if (text.startsWith(`${name}:`)) return textOf(text.slice(name.length + 1));
  }
  return null;
}

function fileOf(section: Lines): CollectedFile {
  const one = (key: string): string | null => textOf(section.get(key)?.[0]);
  const gl = section.get('gl');
  const gli = section.get('gli');
  const state = one('state');
  const enabled = printedOf(gl, 'enabled');
  return {
    channel: one('channel') ?? '',
    state: state === 'exported' || state === 'empty' || state === 'absent' ? state : 'failed',
    file: fileNameOf(one('file')),
    // Around the hash stand a title and a verdict, in the host's language.
    sha256: (section.get('certutil') ?? []).map(sha256Of).find(hash => hash !== null) ?? null,
    // This script does not ask for single records.
    oldest: null,
    oldestRecord: countOf(printedOf(gli, 'oldestRecordNumber')),
    maximumSize: countOf(printedOf(gl, 'maxSize')),
    logMode: logModeOf(printedOf(gl, 'retention'), printedOf(gl, 'autoBackup')),
    enabled: enabled === null ? null : enabled === 'true',
  };
}

function logModeOf(retention: string | null, autoBackup: string | null): string | null {
  if (retention === null) return null;
  if (retention !== 'true') return 'Circular';
  return autoBackup === 'true' ? 'AutoBackup' : 'Retain';
}
