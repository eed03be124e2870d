import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestOf, marker, scriptId, textManifestOf } from '../../../test/collection.ts';
import { find } from '../../../test/found.ts';
import { scratch } from '../../../test/scratch.ts';
import { ArchiveStore } from '../inputs/index.ts';
import { type Collection, manifestKind, parseManifest, readManifest } from './index.ts';
import { clockOffsetOf, markerOf } from './parts.ts';

const log = { channel: 'Security', file: 'Security.evtx', sha256: 'c'.repeat(64) };
const jsonOf = (over: Record<string, unknown> = {}): Buffer =>
  Buffer.from(JSON.stringify(manifestOf([log], over), null, 2));
const textOf = (over: readonly string[] = []): Buffer => Buffer.from(textManifestOf([log], over));

function parsed(bytes: Uint8Array): Collection {
  const manifest = parseManifest(bytes);
  if (manifest.kind === 'fault') expect.fail(manifest.message);
  return manifest.collection;
}

const noon = Date.UTC(2026, 2, 1, 12) * 1000;

describe('a manifest', () => {
  it.each([
    ['JSON', jsonOf()],
    ['JSON with the line ends of Windows', Buffer.from(jsonOf().toString().replaceAll('\n', '\r\n'))],
    ['text', textOf()],
  ])('of %s is known by its beginning', (_, bytes) => expect(manifestKind.recognises(bytes)).toBe(true));
  it.each([
    '{}',
    '{"format": 1}',
    '{"a": {\n "format": "huntaway-collection"',
    'format=other\r\n',
    'ElfFile\0',
    '',
  ])('is not %j', text => expect(manifestKind.recognises(Buffer.from(text))).toBe(false));

  it('of JSON says whose logs these are and when they were taken', () => {
    const collection = parsed(jsonOf());
    expect(collection).toMatchObject({
      scriptId,
      marker,
      host: 'dc1.wairua-water.test',
      names: ['dc1', 'dc1.wairua-water.test'],
      start: noon + 123_456,
      end: noon + 600e6,
      clockOffset: -75.2501234,
      clockSource: 'ntp.wairua-water.test,0x8',
    });
  });
  it('of text says the same', () => {
    const collection = parsed(textOf());
    expect(collection).toMatchObject({
      scriptId,
      marker: '5af54681df954c26104412713123',
      host: 'dc1.wairua-water.test',
      names: ['dc1', 'dc1.wairua-water.test'],
      start: noon + 123_000,
      end: noon + 600e6,
      clockOffset: null,
      clockSource: 'Local CMOS Clock',
    });
  });
  it('names each file with its hash and how long its log reaches back', () => {
    const file = {
      channel: 'Security',
      state: 'exported',
      file: 'Security.evtx',
      sha256: log.sha256,
      oldestRecord: 3,
      maximumSize: 20_971_520,
      logMode: 'Circular',
      enabled: true,
    };
    expect(parsed(jsonOf()).files[0]).toEqual({ ...file, oldest: Date.UTC(2026, 1, 1) * 1000 });
    expect(parsed(textOf()).files[0]).toEqual({ ...file, oldest: null });
  });
  it('says what was not there and what was refused', () => {
    for (const collection of [parsed(jsonOf()), parsed(textOf())]) {
      expect(collection.files.find(({ channel }) => channel === 'DNS Server')?.state).toBe('absent');
      expect(collection.errors).toHaveLength(1);
      expect(collection.errors[0]).toMatch(/^export of Microsoft-Windows-NTLM\/Operational: /);
    }
  });
  it('says what the host audits', () => {
    expect(parsed(jsonOf()).auditPolicy).toEqual([
      {
        guid: '{0cce922b-69ae-11d9-bed3-505054503030}',
        subcategory: 'Process Creation',
        setting: 'Success and Failure',
      },
    ]);
    expect(parsed(textOf()).auditPolicy).toHaveLength(1);
  });
});

describe('a manifest that is none to believe', () => {
  it.each([
    ['broken', Buffer.from('{ "format": "huntaway-collection", ')],
    ['of another version', jsonOf({ version: 2 })],
    ['without a host', jsonOf({ host: {} })],
    ['with a marker that fits anything', jsonOf({ marker: 'e' })],
    ['with a list for a script', jsonOf({ script: [] })],
    ['of text without a marker', Buffer.from('format=huntaway-collection\r\nversion=1\r\n')],
  ])('%s is a fault', (_, bytes) => expect(parseManifest(bytes).kind).toBe('fault'));
  it('names no file elsewhere', () => {
    const channels = ['../x.evtx', '..\\x.evtx', 'C:\\x.evtx', '..', '/etc/passwd'].map(file => ({
      name: 'Security',
      state: 'exported',
      file,
    }));
    expect(parsed(jsonOf({ channels })).files.map(({ file }) => file)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
  it('is cut where it lists without end', () => {
    const channels = Array.from({ length: 6000 }, () => ({ name: 'x'.repeat(2000), state: 'exported' }));
    const { files } = parsed(jsonOf({ channels }));
    expect([files.length, files[0]!.channel.length]).toEqual([5000, 1000]);
  });
  it('never throws', () => {
    const bytes = fc.oneof(
      fc.json().map(text => Buffer.from(`{ "format": "huntaway-collection", "version": 1, "x": ${text}}`)),
      fc.dictionary(fc.constantFrom(...Object.keys(manifestOf())), fc.jsonValue()).map(over => jsonOf(over)),
      fc.string().map(text => Buffer.concat([textOf(), Buffer.from(text)])),
      fc.uint8Array({ maxLength: 300 }).map(Buffer.from),
    );
    fc.assert(fc.property(bytes, content => void parseManifest(content)));
  });
});

describe('reading a manifest', () => {
  const open = async (files: Record<string, Uint8Array>) => {
    const { inputs } = await find(scratch(files), ['.'], { companions: [manifestKind] });
    return readManifest(inputs[0]!, new ArchiveStore());
  };
  it('gives its bytes', async () => {
    const read = await open({ 'manifest.json': jsonOf() });
    expect(read.kind === 'bytes' && Buffer.from(read.bytes).equals(jsonOf())).toBe(true);
  });
  it('refuses one without end', async () => {
    const read = await open({ 'm.json': Buffer.concat([jsonOf(), Buffer.alloc(5 << 20, 0x20)]) });
    expect(read).toEqual({ kind: 'fault', message: 'a manifest of a collection of more than 4 MiB' });
  });
});

describe('the clock', () => {
  it('is off by what the time service says, in any language', () => {
    const german = [
      'Stammverzögerung: 0,0312500s',
      'Stammabweichung: 7,7761998s',
      'Phasenoffset: 0,0051234s',
    ];
    expect(clockOffsetOf(german)).toBe(0.0051234);
    expect(clockOffsetOf(['Phase Offset: 61s'])).toBe(61);
    expect(clockOffsetOf(['The service has not been started. (0x80070426)'])).toBeNull();
  });
});

describe('a marker', () => {
  it('has at least as many digits as the weaker script gives it', () => {
    expect(markerOf('5af54681df954c26000')).not.toBeNull();
    expect(markerOf('5af54681df954c26')).toBeNull();
  });
});
