/** What must hold of visibility whatever the logs are: each day has one answer, and less is never more. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventBuilder } from '../../../test/event.ts';
import { evidence, intrusion, judgement } from '../../../test/intrusions.ts';
import {
  behaviour,
  cleared,
  DAY,
  first,
  look,
  scripts,
  security,
  source,
  starts,
  sysmonStarts,
} from '../../../test/visibility.ts';
import { type Clearing, type Coverage, CoverageTally, mergeCoverage } from '../../read/coverage/index.ts';
import type { Visibility } from './index.ts';

const behaviours = [
  behaviour([starts, sysmonStarts], 'VT-CA-01'),
  behaviour([starts, source(scripts, [4104])], 'VT-CA-02'),
  behaviour([source(security, [5145, 4624])], 'VT-CA-03'),
  behaviour([source('Application', [325])], 'VT-CA-04', { only: 'controllers' }),
  behaviour([source('fortigate', [])], 'VT-CA-05'),
  behaviour([], 'VT-CA-06', { notObservable: 'nothing' }),
];

const kinds = [
  [security, 4688],
  [security, 4624],
  [security, 5145],
  [security, 4769],
  ['Microsoft-Windows-Sysmon/Operational', 1],
  [scripts, 4104],
  ['Application', 325],
  ['fortigate', 7],
] as const;

type Record = {
  readonly host: string;
  readonly kind: number;
  readonly day: number;
  readonly hasLine: boolean;
  /** Whether its log numbers records. */
  readonly isNumbered: boolean;
};

const records: fc.Arbitrary<Record[]> = fc.array(
  fc.record({
    host: fc.constantFrom('a', 'b', 'c'),
    kind: fc.nat(kinds.length - 1),
    day: fc.nat(15),
    hasLine: fc.boolean(),
    isNumbered: fc.constant(false),
  }),
  { minLength: 1, maxLength: 50 },
);
const site = fc
  .tuple(records, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
  .map(([all, numbered]) =>
    all
      .map(each => ({ ...each, isNumbered: numbered['abc'.indexOf(each.host)]! }))
      .sort((a, b) => a.day - b.day),
  );
const clearings = fc.array(
  fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom(security, 'Application'), fc.nat(15)),
  { maxLength: 2 },
);

/** As the tally sees them; the record at `lost` was taken out, with its number. */
function coverageOf(all: readonly Record[], emptied: readonly Clearing[], lost = -1): Coverage {
  const builder = new EventBuilder();
  const tally = new CoverageTally([{ channel: security, eventId: 4688, field: 'CommandLine' }]);
  const next = new Map<string, number>();
  for (const [i, { host, kind, day, hasLine, isNumbered }] of all.entries()) {
    const [channel, eventId] = kinds[kind]!;
    const key = `${host} ${channel}`;
    const number = (next.get(key) ?? 0) + 1;
    next.set(key, number);
    if (i === lost) continue;
    const event = builder.build({ host, channel, eventId, fields: { CommandLine: hasLine ? 'x' : '' } });
    event.recordId = isNumbered && channel !== 'fortigate' ? number : -1;
    event.micros = (first + day) * DAY + i * 1_000;
    tally.observe(event);
  }
  const seen = mergeCoverage([tally.finish()]);
  return { ...seen, clearings: emptied };
}

const cleaned = (each: readonly (readonly [string, string, number])[]): Clearing[] =>
  each.map(([host, channel, day]) => cleared(host, channel, day));

const viewed = (all: readonly Record[], emptied: readonly Clearing[], lost = -1): Visibility =>
  look(behaviours, {
    coverage: coverageOf(all, emptied, lost),
    mentioned: ['d'],
    judgement: judgement({
      intrusions: [
        intrusion({
          evidence: [evidence({ host: 'a', behaviour: behaviours[0]!, micros: (first + 3) * DAY })],
        }),
      ],
    }),
  });

it('gives each behaviour, host and day one answer, with its reasons', () =>
  fc.assert(
    fc.property(site, clearings, (all, emptied) => {
      const { span, cells, blinds, counts } = viewed(all, cleaned(emptied));
      const devices = new Set(cells.filter(each => each.behaviour === 'VT-CA-05').map(({ host }) => host));
      const ends = new Map<string, number>();
      const sums = { found: 0, 'would-have-shown': 0, 'could-not-see': 0 };
      for (const { behaviour: id, host, sight, period, blinds: reasons, isPartial } of cells) {
        const key = `${id} ${host}`;
        // Nothing is asked of a device but what devices show, and what was found stands alone.
        const isAlone = id === 'VT-CA-01' && devices.has(host);
        expect(period.to).toBeGreaterThan(period.from);
        if (!isAlone) {
          expect(period.from).toBe(ends.get(key) ?? span!.from);
          ends.set(key, period.to);
        }
        sums[sight] += period.to - period.from;
        expect(reasons.length > 0).toBe(sight === 'could-not-see');
        if (sight !== 'could-not-see') expect(isPartial).toBe(false);
        for (const at of reasons) {
          const blind = blinds[at]!;
          expect(blind.host).toBe(host);
          expect(blind.behaviours).toContain(id);
          expect(blind.period.from).toBeLessThanOrEqual(period.from);
          expect(blind.period.to).toBeGreaterThanOrEqual(period.to);
        }
      }
      for (const end of ends.values()) expect(end).toBe(span!.to);
      expect(counts).toEqual(sums);
      for (const { behaviours: hidden, said } of blinds) {
        expect(hidden.length).toBeGreaterThan(0);
        expect(said).not.toMatch(/undefined|null|NaN|Infinity/);
      }
    }),
    { numRuns: 150 },
  ));

/** Behaviour, host and day of all that was found or would have shown, of what was asked of hosts `before` too. */
function visible({ cells }: Visibility, before: Visibility): Set<string> {
  const asked = new Set(before.cells.map(({ behaviour: id, host }) => `${id} ${host}`));
  const all = new Set<string>();
  for (const { behaviour: id, host, sight, period } of cells) {
    if (sight === 'could-not-see' || !asked.has(`${id} ${host}`)) continue;
    for (let day = period.from; day < period.to; day++) all.add(`${id} ${host} ${day}`);
  }
  return all;
}

it('never sees more because a record was taken out', () =>
  fc.assert(
    fc.property(site, clearings, fc.nat(), (all, emptied, at) => {
      const lost = at % all.length;
      const { kind, hasLine } = all[lost]!;
      // A start without its command line is what shows that lines are not recorded: without it the days around it, which
      // have none, are taken for days like those further off.
      fc.pre(all.length > 1 && (kind !== 0 || hasLine));
      const whole = viewed(all, cleaned(emptied));
      const before = visible(whole, whole);
      for (const each of visible(viewed(all, cleaned(emptied), lost), whole)) expect(before).toContain(each);
    }),
    { numRuns: 300 },
  ));

it('does not depend on the order of what it is given', () =>
  fc.assert(
    fc.property(site, clearings, (all, emptied) => {
      const seen = coverageOf(all, cleaned(emptied));
      const turned: Coverage = {
        kinds: [...seen.kinds].reverse(),
        records: [...seen.records].reverse(),
        clearings: [...seen.clearings].reverse(),
      };
      expect(look(behaviours, { coverage: turned, mentioned: ['e', 'd'] })).toEqual(
        look(behaviours, { coverage: seen, mentioned: ['d', 'e'] }),
      );
    }),
    { numRuns: 50 },
  ));
