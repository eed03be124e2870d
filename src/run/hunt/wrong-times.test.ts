/** Times that cannot be right, and the clocks that gave them. */
import { expect, test } from 'vitest';
import { factSource } from '../../../test/judging.ts';
import type { Fact } from '../../read/entities/index.ts';
import type { ChannelTally } from './tallies.ts';
import { RightFacts, saidWrong, withoutTime, wrongTimes } from './wrong-times.ts';

const at = (text: string): number => Date.parse(text) * 1000;
const now = at('2026-11-24T00:00:00Z');
const tally = (host: string, first: string, last: string): ChannelTally => ({
  channel: 'Security',
  provider: 'p',
  eventId: 4688,
  host,
  events: 5,
  first: at(first),
  last: at(last),
});
const fact = (host: string, time: string): Fact => ({
  type: 'logon',
  micros: at(time),
  host,
  channel: 'Security',
  provider: 'p',
  eventId: 4624,
  place: { input: 0, offset: 0, record: 1 },
  values: { account: 'jo' },
});
const usual = tally('dc1', '2026-01-01', '2026-02-01');

test('times between the first such log and the hunt are right', () => {
  expect(wrongTimes([usual, tally('old', '2006-12-01', '2007-01-01')], now)).toBeNull();
});

test('a time zone taken wrongly makes no time wrong', () => {
  expect(wrongTimes([tally('dc1', '2026-01-01', '2026-11-24T14:00:00Z')], now)).toBeNull();
});

test('kinds without a time say nothing', () => {
  const none = { ...usual, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  expect(wrongTimes([none], now)).toBeNull();
});

test.each(['1601-01-01', '1970-01-02', '1980-01-01', '2000-01-01'])('%s is a clock that nobody set', day => {
  const times = wrongTimes([tally('dc1', day, '2026-02-01')], now)!;
  expect(times.isWrong(fact('dc1', day))).toBe(true);
  expect(times.isWrong(fact('dc1', '2026-01-05'))).toBe(false);
  expect(times.unset).toEqual(['dc1']);
});

test('a stray time after the hunt is wrong', () => {
  const times = wrongTimes([usual, tally('dc1', '2099-01-01', '2099-01-01')], now)!;
  expect(times.isWrong(fact('dc1', '2099-01-01'))).toBe(true);
  expect(times.ahead).toEqual([]);
});

test('a host ahead as a whole keeps its times, and is named', () => {
  const times = wrongTimes([usual, tally('hmi', '2027-01-01', '2027-02-01')], now)!;
  expect(times.isWrong(fact('hmi', '2027-01-05'))).toBe(false);
  expect(times.isWrong(fact('dc1', '2027-01-05'))).toBe(true);
  expect(saidWrong(times).join()).toMatch(/^Every time of hmi lies after this hunt/);
});

test('facts with a wrong time come as facts without one', () => {
  const times = wrongTimes([tally('dc1', '1601-01-01', '2026-02-01')], now)!;
  const facts = [fact('dc1', '1601-01-01'), fact('dc1', '2026-01-05')];
  const seen: [number, number, string | undefined][] = [];
  new RightFacts(factSource(facts), times).scan(view =>
    seen.push([view.micros, view.keep().micros, view.text('account')]),
  );
  expect(seen).toEqual([
    [0, 0, 'jo'],
    [at('2026-01-05'), at('2026-01-05'), 'jo'],
  ]);
});

test('the reason says what the record says', () => {
  const { fact: bare, doubt } = withoutTime(fact('dc1', '1601-01-01T00:00:00Z'));
  expect(bare.micros).toBe(0);
  expect(doubt).toContain('1601-01-01 00:00:00 UTC');
});

test('many hosts are counted', () => {
  const many = Array.from({ length: 9 }, (_, i) => tally(`pc${i}`, '1601-01-01', '2026-01-01'));
  expect(saidWrong(wrongTimes(many, now)!)[0]).toMatch(/^Events of pc0, pc1, pc2, pc3, pc4 and 4 more say/);
});
