/** `visibility.json`: valid, small where hosts are alike, and inert whatever a log holds. */
import { expect, it } from 'vitest';
import { schema } from '../../../test/schemas.ts';
import { behaviour, coverage, days, events, look, security, starts } from '../../../test/visibility.ts';
import type { Visibility } from '../../judge/index.ts';
import { visibilityText, type WrittenVisibility } from './index.ts';

const validate = schema('visibility');
const many = Array.from({ length: 40 }, (_, i) => behaviour([starts], `VT-CA-${10 + i}`));
const seen = look(many, {
  coverage: coverage([
    events('a', security, 4688, days(0, 4), days(0, 4)),
    events('b', security, 4624, days(0, 4)),
  ]),
  mentioned: ['ws1'],
});

function written(visibility: Visibility): WrittenVisibility {
  const value = JSON.parse(visibilityText(visibility));
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
  return value;
}

it('has its arrays where there is nothing', () => {
  expect(written(look([], { coverage: coverage([]) }))).toMatchObject({
    span: null,
    hosts: [],
    cells: [],
    blinds: [],
    fixes: [],
  });
});

it('says days as people do: the last one is part of it', () => {
  expect(written(seen).span).toEqual({ from: '2026-10-01', to: '2026-10-04' });
});

it('holds behaviours of a host that stand alike once', () => {
  const { cells } = written(seen);
  expect(cells.map(({ host, sight, behaviours }) => [host, sight, behaviours.length])).toEqual([
    ['a', 'would-have-shown', 40],
    ['b', 'could-not-see', 40],
    ['ws1', 'could-not-see', 40],
  ]);
});

it('points from cells to reasons', () => {
  const { cells, blinds } = written(seen);
  expect(cells[1]!.blinds.map(at => blinds[at])).toMatchObject([
    { kind: 'event-absent', host: 'b', eventIds: [4688], from: '2026-10-01', to: '2026-10-04' },
  ]);
});

it('writes nothing that a terminal obeys', () => {
  const hostile = 'a\u001b[31mred\u009b2J\u202egnp';
  const text = visibilityText(
    look(many, { coverage: coverage([events(hostile, security, 4624, [0])]), mentioned: [hostile] }),
  );
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});
