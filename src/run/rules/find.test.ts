import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ruleOf } from '../../../test/generators.ts';
import { scratch } from '../../../test/scratch.ts';
import type { Rejection, Rule } from '../../know/sigma/index.ts';
import { type EvtxEvent, writeEvtx } from '../../read/sources/evtx/write/index.ts';
import { findEvent, type RecordReference } from './find-event.ts';
import { findRule } from './find-rule.ts';

const source = { product: 'windows', category: 'process_creation', service: null };
const id = 'a0000000-0000-4000-8000-00000000000';
const named = (n: number, title: string): Rule => ({
  ...ruleOf({ op: 'true' }, source, title),
  id: id + n,
  place: { path: `rules/${n}.yml`, document: 0, line: 1, column: 1 },
});
const rules = [named(1, 'Comsvcs'), named(2, 'Comsvcs By Ordinal'), named(3, 'Debugger')];
const refused: Rejection = {
  ...rules[0]!,
  kind: 'rejection',
  id: `${id}4`,
  title: 'Broken',
  reason: 'yaml',
  message: 'not valid YAML',
};

describe('the rule that is meant', () => {
  it.each([
    ['its id, in any case', `${id}2`.toUpperCase(), 2],
    ['its whole title before a part of another', 'comsvcs', 1],
    ['a part of its title', 'ordinal', 2],
    ['its path', './rules/3.yml', 3],
  ])('is found by %s', (_, asked, n) => expect(findRule(rules, asked).id).toBe(id + n));
  it('is not guessed where several fit', () =>
    expect(() => findRule(rules.slice(1), 'r')).toThrow(
      /'r' fits 2 rules; give the id of one:\n {2}a0.*2 {2}Comsvcs By/,
    ));
  it('is the one that runs, where another was refused', () =>
    expect(findRule([{ ...refused, id: rules[0]!.id }, rules[0]!], rules[0]!.id!)).toBe(rules[0]));
  it('is not found where none fits', () =>
    expect(() => findRule(rules, 'x\u001b[31m')).toThrow(/no rule .*\\u\{1b\}/));
  it('cannot be explained where it is refused, and says why', () =>
    expect(() => findRule([refused], 'Broken')).toThrow('rules/1.yml:1:1: refused: not valid YAML'));
  it('may be a correlation or a filter', () => {
    const correlation = { ...rules[0]!, kind: 'correlation', title: 'Many' } as never;
    expect(findRule([...rules, correlation], 'many')).toBe(correlation);
  });
});

const event = (recordId: number, text: string): EvtxEvent => ({
  provider: { name: 'P', guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}' },
  eventId: 1,
  time: Date.UTC(2026, 2, 1) * 1000,
  recordId,
  channel: 'C',
  computer: 'H',
  data: { kind: 'named', fields: [['Text', text]] },
});
const log = writeEvtx([event(7, 'first'), event(8, 'second'), event(8, 'again'), event(9, 'last')]);
const never = new AbortController().signal;
const find = (folder: string, name: string, by: RecordReference['by'], value: number) =>
  findEvent({ path: join(folder, name), by, value }, never, () => null);

describe('the record that is meant', () => {
  const folder = (): string => scratch({ 'a.evtx': log, 'a.evtx.gz': gzipSync(log), 'no.txt': 'hello' });

  it('is found by its id', async () => {
    const found = await find(folder(), 'a.evtx', 'record', 9);
    expect(found).toMatchObject({ count: 1, label: { recordId: 9, host: 'H', channel: 'C', eventId: 1 } });
    expect(found?.plain.fields.get('Text')).toEqual(['last']);
  });
  it('is the first of several, which are counted', async () => {
    const found = await find(folder(), 'a.evtx', 'record', 8);
    expect([found?.count, found?.plain.fields.get('Text')]).toEqual([2, ['second']]);
  });
  it('is found by its offset, in a plain file and in an archive', async () => {
    const where = folder();
    const { offset } = (await find(where, 'a.evtx', 'record', 9))!.label;
    for (const name of ['a.evtx', 'a.evtx.gz']) {
      const found = await find(where, name, 'offset', offset);
      expect([found?.count, found?.label.recordId]).toEqual([1, 9]);
    }
  });
  it('is missed with the ids that there are', async () => {
    await expect(find(folder(), 'a.evtx', 'record', 1)).rejects.toThrow(
      /a\.evtx: no record with the id 1; it has 4 events, record ids from 7 to 9/,
    );
    await expect(find(folder(), 'a.evtx.gz', 'offset', 1)).rejects.toThrow(
      /no record at offset 1; .*offsets from \d+ to/,
    );
  });
  it('is not in a file that is no log, or is not there', async () => {
    await expect(find(folder(), 'no.txt', 'record', 1)).rejects.toThrow(/no\.txt: /);
    await expect(find(folder(), 'gone.evtx', 'record', 1)).rejects.toThrow(/gone\.evtx: no such file/);
  });
  it('is found before the place where an archive is damaged, and missed with a word of it behind', async () => {
    const packed = gzipSync(writeEvtx(Array.from({ length: 2000 }, (_, i) => event(i, `${Math.sin(i)}`))));
    const where = scratch({ 'cut.evtx.gz': packed.subarray(0, packed.length / 2) });
    expect((await find(where, 'cut.evtx.gz', 'record', 3))?.label.recordId).toBe(3);
    await expect(find(where, 'cut.evtx.gz', 'record', 1999)).rejects.toThrow(/^\S*cut\.evtx\.gz: /);
  });
  it('is not looked for after an interruption', async () => {
    const path = join(folder(), 'a.evtx');
    expect(await findEvent({ path, by: 'record', value: 9 }, AbortSignal.abort(), () => null)).toBeNull();
  });
});
