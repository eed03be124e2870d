/** Decisions survive re-hunts, and what was set aside comes back when there is something new. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../test/intrusions.ts';
import {
  type CaseEntry,
  type CaseSubject,
  type CaseView,
  type Decision,
  evidenceKey,
  parseCases,
  questionFor,
  viewCases,
  writeCase,
} from './index.ts';

const event = (recordId: number): CaseSubject['evidence'][number] => ({
  id: `e${recordId}`,
  host: 'dc1.wairua.test',
  channel: 'Security',
  recordId,
  micros: at('2026-10-08T01:52:13Z') + recordId,
});

const subject = (id: string, ...records: number[]): CaseSubject => ({
  id,
  verdict: 'intrusion',
  summary: 'a theft',
  evidence: records.map(event),
});

const decided = (
  decision: Decision,
  time: string,
  of: CaseSubject,
  over: Partial<CaseEntry> = {},
): CaseEntry => ({
  version: 1,
  at: at(time),
  decision,
  intrusion: of.id,
  verdict: of.verdict,
  summary: of.summary,
  evidence: of.evidence.map(evidenceKey),
  by: 'J. Smith',
  reason: 'restore test',
  until: null,
  question: null,
  ...over,
});

const now = at('2026-11-24T00:00:00Z');
const view = (entries: readonly CaseEntry[], of: CaseSubject): CaseView => viewCases(entries, [of], now)[0]!;

describe('a case', () => {
  const first = subject('a', 1, 2);

  it('is undecided where nobody has decided', () => {
    expect(view([], first)).toMatchObject({ state: 'open', entries: [], aware: null, fresh: [] });
  });

  it('keeps a decision when the same events are called otherwise', () => {
    const entries = [decided('dismiss', '2026-11-01', first)];
    expect(view(entries, { ...first, id: 'b' }).state).toBe('dismissed');
  });

  it('is open again when evidence is linked that nobody had decided on', () => {
    const entries = [decided('dismiss', '2026-11-01', first)];
    const more = view(entries, subject('a', 1, 2, 3));
    expect(more.state).toBe('reopened');
    expect(more.fresh).toEqual([evidenceKey(event(3))]);
  });

  it('is open again when the dismissal has run out, and not a moment sooner', () => {
    const until = (micros: number): CaseView =>
      view([decided('dismiss', '2026-11-01', first, { until: micros })], first);
    expect(until(now)).toMatchObject({ state: 'reopened', isExpired: true });
    expect(until(now + 1)).toMatchObject({ state: 'dismissed', isExpired: false });
  });

  it('stays confirmed whatever is found besides', () => {
    const entries = [decided('confirm', '2026-11-01', first)];
    expect(view(entries, subject('a', 1, 2, 3)).state).toBe('confirmed');
  });

  it('takes the time of awareness from the first confirmation, and from nothing else', () => {
    const entries = [
      decided('ask', '2026-11-01', first),
      decided('confirm', '2026-11-02', first),
      decided('confirm', '2026-11-03', first),
    ];
    expect(view(entries, first).aware).toBe(at('2026-11-02'));
    expect(view(entries.slice(0, 1), first).aware).toBeNull();
  });

  it('goes by the last decision, in whatever order they stand', () => {
    const entries = [decided('dismiss', '2026-11-03', first), decided('ask', '2026-11-01', first)];
    expect(view(entries, first).state).toBe('dismissed');
  });

  it('is not touched by a decision on other events', () => {
    expect(view([decided('confirm', '2026-11-01', subject('x', 8, 9))], first).state).toBe('open');
  });

  it('tells events without a record number apart', () => {
    const bare = { ...event(1), recordId: null };
    expect(evidenceKey(bare)).not.toBe(evidenceKey({ ...bare, id: 'other' }));
  });
});

describe('the file of cases', () => {
  it('gives back what was written', () => {
    const entry = fc.record({
      version: fc.constant(1 as const),
      at: fc.maxSafeInteger(),
      decision: fc.constantFrom('ask' as const, 'confirm' as const, 'dismiss' as const),
      intrusion: fc.string({ unit: 'binary' }),
      verdict: fc.constantFrom('intrusion' as const, 'lead' as const),
      summary: fc.string({ unit: 'binary' }),
      evidence: fc.array(fc.string()),
      by: fc.string({ unit: 'binary' }),
      reason: fc.string({ unit: 'binary' }),
      until: fc.option(fc.maxSafeInteger()),
      question: fc.option(fc.record({ whom: fc.string(), text: fc.string() })),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), entries => {
        const read = parseCases(entries.map(writeCase).join(''));
        expect(read).toEqual({ entries, problems: [] });
      }),
      { numRuns: 50 },
    );
  });

  it('names a damaged line and keeps the others', () => {
    const good = writeCase(decided('ask', '2026-11-01', subject('a', 1)));
    const read = parseCases(`${good}{"version":1\n${good.replace('"ask"', '"forget"')}${good}`);
    expect(read.entries).toHaveLength(2);
    expect(read.problems).toEqual([
      { line: 2, message: 'it is no JSON' },
      { line: 3, message: "its 'decision' is not what it should be" },
    ]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), text => {
        parseCases(text);
      }),
    );
  });
});

describe('a question', () => {
  const uses = [
    { micros: at('2026-10-08T01:52:13Z'), host: 'jump1' },
    { micros: at('2026-11-02T03:05:00Z'), host: 'dc1' },
  ];

  it('says account, time and hosts, and asks', () => {
    expect(questionFor({ account: 'WAIRUA\\h', uses, sources: ['198.51.100.23'] })).toEqual({
      whom: 'the owner of WAIRUA\\h',
      text:
        'We are going through our logs and would like to know what belongs to normal work. The account WAIRUA\\h was ' +
        'used between 2026-10-08 01:52 and 2026-11-02 03:05 UTC on jump1 and dc1. Was that you, or somebody who works ' +
        'for you? If so: what was the work, and from where did you connect? Do you know 198.51.100.23? Does anybody ' +
        'else know the password, and do you use it anywhere else?',
    });
  });

  it('accuses nobody', () => {
    const { text } = questionFor({ account: 'a', uses, sources: [] });
    expect(text).not.toMatch(/intru|attack|steal|stolen|theft|suspect|compromis|breach/i);
  });

  it('does not make up a time that the logs do not say', () => {
    expect(questionFor({ account: 'a', uses: [], sources: [] }).text).toContain('that the logs do not say');
  });
});
