import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseRules } from '../src/know/sigma/parser.ts';
import { writeEvtx } from '../src/read/sources/evtx/write/index.ts';
import { sampleLogs } from './make-samples.ts';
import { sampleDrill } from './samples/drill.ts';

const samples = fileURLToPath(new URL('../samples/', import.meta.url));

describe('the bundled sample', () => {
  it.each(sampleLogs().map(log => [log.path, log] as const))(
    '%s is made again byte for byte',
    (path, log) => {
      expect(writeEvtx(log.events, log.options).equals(readFileSync(join(samples, 'logs', path)))).toBe(true);
    },
  );

  it('holds no log that the script does not make', () => {
    const found = readdirSync(join(samples, 'logs'), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name));
    expect(found.sort()).toEqual(
      sampleLogs()
        .map(log => join(samples, 'logs', log.path))
        .sort(),
    );
  });

  it('stays under a megabyte', () => {
    const bytes = sampleLogs().reduce((sum, log) => sum + writeEvtx(log.events, log.options).length, 0);
    expect(bytes).toBeLessThan(1_000_000);
  });

  it('names no address outside documentation ranges', () => {
    const text = JSON.stringify(sampleLogs(), (_, value) => (typeof value === 'bigint' ? `${value}` : value));
    const addresses = text.match(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g) ?? [];
    const foreign = addresses.filter(
      address =>
        !/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^(?:0\.0\.0\.0|127\.0\.0\.1)$/.test(address) &&
        // File versions look like addresses: 10.0.20348.1.
        !/^10\.0\.\d{5}\.1$/.test(address),
    );
    expect(foreign).toEqual([]);
  });
});

describe('the bundled drill', () => {
  const drill = sampleDrill();
  it('is made again byte for byte, with its truth', () => {
    const folder = join(samples, 'drill');
    const stale = drill.files.filter(
      ({ path, bytes }) => !bytes.equals(readFileSync(join(folder, 'logs', path))),
    );
    expect(stale.map(({ path }) => path)).toEqual([]);
    expect(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))).toEqual(drill.truth);
  });
  it('holds no log that the script does not make', () => {
    const logs = join(samples, 'drill/logs');
    const found = readdirSync(logs, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name));
    expect(found.sort()).toEqual(drill.files.map(({ path }) => join(logs, path)).sort());
  });
  it('stays under a megabyte and a half', () =>
    expect(drill.files.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(1_500_000));
});

describe('the rules of the sample', () => {
  const files = readdirSync(join(samples, 'rules'));
  it.each(files)('%s loads without a warning', file => {
    const path = join(samples, 'rules', file);
    const documents = parseRules(readFileSync(path, 'utf8'), path);
    expect(documents).toHaveLength(1);
    expect(documents.map(document => document.kind)).not.toContain('rejection');
    expect(documents.flatMap(each => (each.kind === 'rejection' ? [] : each.warnings))).toEqual([]);
  });
});
