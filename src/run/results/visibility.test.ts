/** What a former hunt could see is read as it was written, and whatever else the file holds is refused with a reason. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scratch } from '../../../test/scratch.ts';
import { behaviour, coverage, days, events, look, security, starts } from '../../../test/visibility.ts';
import { visibilityText } from '../../tell/index.ts';
import { CannotRun } from '../io.ts';
import { parseVisibility, readVisibility } from './visibility.ts';

const seen = look([behaviour([starts]), behaviour([starts], 'VT-CA-02')], {
  coverage: coverage([
    events('a', security, 4688, days(0, 9), days(0, 4)),
    events('b', security, 4624, days(2, 5)),
  ]),
  mentioned: ['c'],
});
const text = visibilityText(seen);
const byName = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe('visibility.json', () => {
  it('gives the cells that it was written from', () => {
    expect([...parseVisibility(text, 'v')].sort(byName)).toEqual([...seen.cells].sort(byName));
  });
  it('is found in the folder of a hunt, and beside its intrusions', () => {
    const folder = scratch({ 'visibility.json': text, 'intrusions.json': '{}' });
    for (const path of [folder, join(folder, 'intrusions.json'), join(folder, 'visibility.json')]) {
      expect(readVisibility(path)).toHaveLength(seen.cells.length);
    }
  });
  it('is missing where an older version hunted', () => {
    expect(readVisibility(scratch({ 'intrusions.json': '{}' }))).toBe(null);
  });
  it.each([
    ['nonsense', 'is not JSON'],
    ['[]', 'is no object'],
    ['{"version":2}', 'version is not 1'],
    ['{"version":1}', 'cells is no array'],
    ['{"version":1,"cells":[{"host":3}]}', 'cells[0] has a host'],
    [text.replace('"found"', '"seen"').replaceAll('"would-have-shown"', '"shown"'), 'has a sight'],
    [text.replaceAll('2026-10-01', '2026-13-01'), 'has no days'],
  ])('is refused where it is %j', (wrong, why) => {
    expect(() => parseVisibility(wrong, 'v')).toThrow(why);
  });
  it('never fails but with a reason, whatever it holds', () =>
    fc.assert(
      fc.property(fc.json(), fc.nat(text.length), (json, cut) => {
        for (const each of [json, text.slice(0, cut), `{"version":1,"cells":${json}}`]) {
          try {
            parseVisibility(each, 'v');
          } catch (error) {
            expect(error).toBeInstanceOf(CannotRun);
          }
        }
      }),
    ));
});
