import { describe, expect, it } from 'vitest';
import { at } from '../../../test/intrusions.ts';
import type { Cell } from '../visibility/index.ts';
import { type Compared, compareHunts } from './index.ts';

type Story = Compared['intrusions'][number];

const story = (id: string, verdict: Story['verdict'], ...records: number[]): Story => ({
  id,
  verdict,
  summary: id,
  evidence: records.map(recordId => ({
    id: `${id}-${recordId}`,
    host: 'dc1',
    channel: 'Security',
    recordId,
    micros: at('2026-10-08') + recordId,
  })),
});

const hunt = (...intrusions: Story[]): Compared => ({ intrusions, cells: null });
const changesOf = (now: Compared, before: Compared): string[] =>
  compareHunts(now, before).intrusions.map(({ id, change }) => `${id} ${change}`);

describe('intrusions since the last hunt', () => {
  it('are the same where their events are, whatever they are called', () => {
    expect(changesOf(hunt(story('b', 'lead', 1, 2)), hunt(story('a', 'lead', 1, 2)))).toEqual(['b same']);
  });

  it('are new where no event was in one before', () => {
    expect(changesOf(hunt(story('b', 'lead', 3)), hunt(story('a', 'lead', 1)))).toEqual(['b new']);
  });

  it('have grown by the evidence that is new', () => {
    const [grown] = compareHunts(hunt(story('a', 'lead', 1, 2, 3)), hunt(story('a', 'lead', 1))).intrusions;
    expect(grown).toMatchObject({ change: 'grown', fresh: ['a-2', 'a-3'], lost: 0 });
  });

  it('are stronger where the verdict is, and come before those that only grew', () => {
    const before = hunt(story('a', 'lead', 1), story('b', 'suspected', 5));
    const now = hunt(story('a', 'lead', 1, 2), story('b', 'intrusion', 5));
    expect(changesOf(now, before)).toEqual(['b stronger', 'a grown']);
  });

  it('are weaker or shrunk where evidence is gone', () => {
    const before = hunt(story('a', 'intrusion', 1, 2), story('b', 'lead', 5, 6));
    expect(changesOf(hunt(story('a', 'lead', 1), story('b', 'lead', 5)), before)).toEqual([
      'a weaker',
      'b shrunk',
    ]);
  });

  it('name all stories that became one', () => {
    const [joined] = compareHunts(
      hunt(story('c', 'intrusion', 1, 2)),
      hunt(story('a', 'lead', 1), story('b', 'lead', 2)),
    ).intrusions;
    expect(joined!.before.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('are gone where none of their events is left', () => {
    expect(compareHunts(hunt(), hunt(story('a', 'lead', 1))).gone).toEqual([
      { id: 'a', verdict: 'lead', summary: 'a' },
    ]);
  });
});

describe('visibility since the last hunt', () => {
  const cell = (host: string | null, behaviour: string, sight: Cell['sight']): Cell => ({
    host,
    behaviour,
    sight,
    period: { from: 20_000, to: 20_001 },
    isPartial: false,
    blinds: [],
  });
  const seen = (...cells: Cell[]): Compared => ({ intrusions: [], cells });

  it('is gained and lost by host and behaviour', () => {
    const before = seen(cell('a', 'VT-1', 'could-not-see'), cell('a', 'VT-2', 'would-have-shown'));
    const now = seen(cell('a', 'VT-1', 'found'), cell('a', 'VT-2', 'could-not-see'));
    expect(compareHunts(now, before).visibility).toEqual([{ host: 'a', gained: ['VT-1'], lost: ['VT-2'] }]);
  });

  it('is not lost where some day still shows it', () => {
    const before = seen(cell('a', 'VT-1', 'would-have-shown'));
    const now = seen(cell('a', 'VT-1', 'could-not-see'), cell('a', 'VT-1', 'would-have-shown'));
    expect(compareHunts(now, before).visibility).toEqual([]);
  });

  it('is unknown where a hunt wrote nothing of it', () => {
    expect(compareHunts(seen(), hunt()).visibility).toBeNull();
  });
});
