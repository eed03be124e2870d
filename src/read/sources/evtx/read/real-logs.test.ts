/** The reader over real logs: how many events each set has, and that nothing in them goes unnamed. */
import { closeSync, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { haveShared, sharedData } from '../../../../../test/shared.ts';
import { fieldTexts, type LazyEvent, ReadContext, refTexts, type XmlElement } from '../../../events/index.ts';
import { type Damage, sources, type Unparsed } from '../../index.ts';

const evtx = sources[0]!;

type Tally = {
  events: number;
  salvaged: number;
  damages: Damage[];
  broken: Unparsed[];
  channels: Set<string>;
};

function readAll(paths: readonly string[], each: (event: LazyEvent) => void = () => {}): Tally {
  const tally: Tally = { events: 0, salvaged: 0, damages: [], broken: [], channels: new Set() };
  const reader = evtx.open(new ReadContext());
  const sink = {
    event(event: LazyEvent): void {
      tally.events++;
      if (event.salvaged) tally.salvaged++;
      tally.channels.add(event.kind.channel);
      each(event);
    },
    damaged: (damage: Damage): void => void tally.damages.push(damage),
    unparsed: (record: Unparsed): void => void tally.broken.push(record),
  };
  for (const path of paths) {
    const fd = openSync(path, 'r');
    for (const _ of reader.readFile(fd, 0, fstatSync(fd).size, sink));
    closeSync(fd);
  }
  return tally;
}

function logsBelow(folder: string): string[] {
  return readdirSync(sharedData(folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.evtx'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}

describe.skipIf(!haveShared)('real logs', () => {
  test('the dense log has 34,998 records where its chunks say: 34,996 events and 2 that are broken', () => {
    const { events, salvaged, broken, damages } = readAll([sharedData('dense.evtx')]);
    expect(events - salvaged).toBe(34_996);
    expect(salvaged).toBe(173);
    expect(broken.filter(record => record.record === 6_335_011 || record.record === 6_914_519)).toHaveLength(
      2,
    );
    expect(damages).toHaveLength(5);
  });

  test('the attack samples are read whole, and what older logs left in them is salvaged', () => {
    const { events, salvaged, broken, damages } = readAll(logsBelow('evtx-attack-samples'));
    expect({ events, salvaged, broken, damages }).toEqual({
      events: 9155,
      salvaged: 900,
      broken: [],
      damages: [],
    });
  });

  test.each([
    ['2-vss_7-System.evtx', 1160, 0, 0],
    ['Application_no_crc32.evtx', 17, 0, 0],
    ['MSExchange_Management_wec.evtx', 1, 0, 0],
    ['Security_with_size_t.evtx', -1, 0, 0],
    ['post-Security.evtx', 127, 0, 0],
    ['sample-with-irregular-bool-values.evtx', 3028, 0, 0],
    ['sample-with-zero-data-size-event.evtx', 449, 1, 0],
    ['sample_with_a_bad_chunk_magic.evtx', 351, 5, 82],
    ['security_bad_string_cache.evtx', 2261, 0, 0],
    ['sysmon.evtx', 358, 8, 0],
    ['system.evtx', 1881, 0, 0],
  ])(
    '%s: %i events, %i stretches of damage, %i records that can not be read',
    (name, events, damages, broken) => {
      const tally = readAll([sharedData(`evtx-damaged/${name}`)]);
      if (events >= 0) expect(tally.events).toBe(events);
      expect(tally.events).toBeGreaterThan(0);
      expect([tally.damages.length, tally.broken.length]).toEqual([damages, broken]);
    },
  );

  test('every value of every real event can be decoded', () => {
    let values = 0;
    readAll([...logsBelow('evtx-damaged'), ...logsBelow('evtx-attack-samples')], event => {
      for (const field of event.shape.fields) values += fieldTexts(event, field).length;
    });
    expect(values).toBeGreaterThan(600_000);
  });
});

/** The nested JSON that goes with SigmaHQ's test logs: `#attributes`, names of `Data` as keys, numbers and nulls bare. */
type Twin = { readonly [key: string]: unknown };

function plain(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value.flatMap(plain) : [String(value)];
}

/** Texts of all leaves of a twin. */
function leavesOfTwin(twin: Twin): string[] {
  return Object.entries(twin).flatMap(([key, value]) => {
    if (key === 'xmlns') return [];
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return leavesOfTwin(value as Twin);
    return plain(value);
  });
}

function leavesOf(event: LazyEvent, element: XmlElement): string[] {
  const attributes = element.attributes
    .filter(({ name }) => !name.startsWith('xmlns') && !(element.name === 'Data' && name === 'Name'))
    .flatMap(({ value }) => refTexts(event, value));
  const text = element.text.flatMap(value => refTexts(event, value));
  return [...attributes, ...text, ...element.children.flatMap(child => leavesOf(event, child))];
}

/** In one form and order: GUIDs, hexadecimal numbers and times are written in several. */
function normal(leaves: readonly string[]): string[] {
  return leaves
    .map(leaf =>
      leaf
        .replace(/(T\d\d:\d\d:\d\d\.\d{6})\d+Z$/, '$1Z')
        .replace(/^\{(.*)\}$/, '$1')
        .replace(/^0x0*(?=[0-9a-f])/i, '0x')
        .trim(),
    )
    .filter(leaf => leaf !== '')
    .map(leaf => leaf.toLowerCase())
    .sort();
}

/** The documents of a twin file: one, a list, or several one after another. */
function documents(text: string): Twin[] {
  try {
    const parsed = JSON.parse(text) as Twin | Twin[];
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch {
    return text
      .split(/\r?\n(?=\{)/)
      .filter(part => part.trim() !== '')
      .map(part => JSON.parse(part) as Twin);
  }
}

describe.skipIf(!haveShared)('the JSON twins of SigmaHQ', () => {
  const logs = haveShared ? logsBelow('sigma/regression_data') : [];

  test('say of each event what the log says', () => {
    let compared = 0;
    for (const log of logs) {
      const twins = documents(readFileSync(log.replace(/\.evtx$/, '.json'), 'utf8'));
      const events: string[][] = [];
      readAll([log], event => {
        if (!event.salvaged) events.push(normal(leavesOf(event, event.shape.root)));
      });
      expect(events.length, log).toBe(twins.length);
      for (const [i, twin] of twins.entries()) {
        expect(events[i], log).toEqual(normal(leavesOfTwin(twin)));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});
