/**
 * Compares what a hunt reported with the truth. A reported intrusion is about a true one where it holds core evidence of
 * it: one record is enough to be found, because recall says separately how much of it was. Records are told by host,
 * channel and record number; a line of a device without numbers by host and time.
 */
import { parseTime } from '../../../read/events/index.ts';
import { type DrillScore, drillTargets, type ScoredIntrusion } from '../../../tell/index.ts';
import type { PastEvidence, PastStory } from '../../results/index.ts';
import type { TrueIntrusion, Truth, TruthEvent } from '../truth.ts';

/** Hosts of a drill differ in their first label. */
function keyOf(host: string, channel: string, recordId: number | null, micros: number): string {
  const short = host.toLowerCase().split('.')[0]!;
  return recordId === null
    ? `${short} @${Math.round(micros / 1000)}`
    : `${short} ${channel.toLowerCase()} ${recordId}`;
}

function truthKey({ host, channel, recordId, time }: TruthEvent): string {
  return keyOf(host, channel, recordId, parseTime(time) ?? 0);
}

function reportedKey({ host, channel, recordId, micros }: PastEvidence): string {
  return keyOf(host, channel, recordId, micros);
}

type Told = PastStory & { readonly keys: readonly string[] };

function told(reported: readonly PastStory[]): readonly Told[] {
  return reported
    .filter(({ verdict }) => verdict !== 'lead')
    .map(each => ({ ...each, keys: each.evidence.map(reportedKey) }));
}

/** The reported ones that are about each true one. */
function matches(truth: Truth, reported: readonly Told[]): ReadonlyMap<TrueIntrusion, readonly Told[]> {
  return new Map(
    truth.intrusions.map(intrusion => {
      const core = new Set(intrusion.evidence.filter(each => each.core).map(truthKey));
      return [intrusion, reported.filter(({ keys }) => keys.some(key => core.has(key)))];
    }),
  );
}

function scoreIntrusion(
  intrusion: TrueIntrusion,
  about: ReadonlyMap<TrueIntrusion, readonly Told[]>,
): ScoredIntrusion {
  const of = about.get(intrusion)!;
  const keys = new Set(of.flatMap(each => each.keys));
  const core = intrusion.evidence.filter(each => each.core);
  const missed = core.filter(each => !keys.has(truthKey(each)));
  const others = [...about].filter(([other]) => other !== intrusion).flatMap(([, each]) => each);
  return {
    id: intrusion.id,
    summary: intrusion.summary,
    found: of.some(({ verdict }) => verdict === 'intrusion')
      ? 'intrusion'
      : of.length > 0
        ? 'suspected'
        : null,
    reported: of.map(({ id }) => id),
    merged: of.some(each => others.includes(each)),
    split: of.length > 1,
    core: core.length,
    coreFound: core.length - missed.length,
    missed: missed.map(({ behaviour, host, channel, recordId, time }) => ({
      behaviour,
      host,
      channel,
      recordId,
      time,
    })),
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

export function scoreDrill(truth: Truth, intrusions: readonly PastStory[]): DrillScore {
  const reported = told(intrusions);
  const about = matches(truth, reported);
  const scored = truth.intrusions.map(intrusion => scoreIntrusion(intrusion, about));
  const caused = new Set(truth.intrusions.flatMap(({ evidence }) => evidence.map(truthKey)));
  const matched = new Set([...about.values()].flat());
  const keys = [...matched].flatMap(each => each.keys);
  const evidenceTrue = keys.filter(key => caused.has(key)).length;
  const strangers = reported.filter(each => !each.keys.some(key => caused.has(key)));
  const sum = (pick: (of: ScoredIntrusion) => number): number =>
    scored.reduce((all, of) => all + pick(of), 0);
  const recall = share(
    sum(of => of.coreFound),
    sum(of => of.core),
  );
  const precision = share(evidenceTrue, keys.length);
  const falseIntrusions = strangers.filter(({ verdict }) => verdict === 'intrusion').map(({ id }) => id);
  return {
    version: 1,
    kind: truth.kind,
    seed: truth.seed,
    intrusions: scored,
    evidence: keys.length,
    evidenceTrue,
    falseIntrusions,
    falseSuspected: strangers.filter(({ verdict }) => verdict === 'suspected').map(({ id }) => id),
    recall,
    precision,
    passed:
      scored.every(of => of.found !== null && !of.merged && !of.split) &&
      falseIntrusions.length === 0 &&
      recall >= drillTargets.recall &&
      precision >= drillTargets.precision,
  };
}
