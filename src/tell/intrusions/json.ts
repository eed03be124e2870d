/**
 * `intrusions.json`: the judgement for programs, written for every hunt. Times are ISO 8601 in UTC, arrays are always
 * present, and everything from a log is escaped as in all our JSON. Schema: `schema/intrusions.schema.json`.
 */
import type { Evidence, Intrusion, Judgement, Reach, Recurs } from '../../judge/index.ts';
import { formatMicros, NO_TIME } from '../../read/events/index.ts';
import { jsonText } from '../json-text.ts';

/** Evidence as it is written: one event. */
export type WrittenEvidence = {
  readonly id: string;
  readonly behaviour: string | null;
  readonly rule: string | null;
  readonly stage: string;
  /** Null where the event says no time. */
  readonly time: string | null;
  readonly host: string;
  /** `DOMAIN\\user`, else UPN, else SID; null = the event names none. */
  readonly account: string | null;
  readonly channel: string;
  readonly recordId: number | null;
  /** As `log.file.path` of findings. */
  readonly file: string;
  /** Bytes from the start of that file: where the event can be read again. */
  readonly offset: number;
  readonly weight: number;
  readonly reasons: readonly string[];
};

/** `files`: path by index of the input, as findings say it. `reach` is left out where nobody asked. */
export function intrusionsText(
  judgement: Judgement,
  files: readonly string[],
  reach: Reach | null = null,
): string {
  const written = {
    version: 1,
    intrusions: judgement.intrusions.map(each => intrusionOf(each, files)),
    suppressed: judgement.suppressed.map(({ evidence, approval, reason, until }) => ({
      evidence: evidenceOf(evidence, files),
      approval,
      reason,
      until: until === null ? null : formatMicros(until),
    })),
    notes: judgement.notes,
    ...(reach === null ? {} : { reach: reachOf(reach) }),
  };
  return `${jsonText(written)}\n`;
}

function reachOf({ state, said, hosts, evidence, reasons, first }: Reach): unknown {
  return {
    state,
    said,
    hosts: hosts.map(({ host, roles, because, isInferred, isLogged }) => ({
      host,
      roles,
      because,
      inferred: isInferred,
      logged: isLogged,
    })),
    evidence: evidence.map(each => ({
      intrusion: each.intrusion,
      evidence: each.evidence.id,
      host: each.host,
    })),
    reasons,
    first,
  };
}

function intrusionOf(intrusion: Intrusion, files: readonly string[]): unknown {
  const { id, verdict, score, summary, firstSeen, lastSeen, stages, hosts, accounts, sources } = intrusion;
  return {
    id,
    verdict,
    score,
    summary,
    for: intrusion.for,
    against: intrusion.against,
    settle: intrusion.settle,
    firstSeen: timeOf(firstSeen),
    lastSeen: timeOf(lastSeen),
    stages,
    hosts,
    accounts,
    sources,
    story: intrusion.story,
    first: intrusion.first,
    evidence: intrusion.evidence.map(each => evidenceOf(each, files)),
    links: intrusion.links.map(({ from, to, reason }) => ({ from, to, reason })),
    ...(intrusion.recurs === undefined ? {} : { recurs: recursOf(intrusion.recurs) }),
  };
}

function recursOf({ times, period, first, last, approval }: Recurs): unknown {
  return { times, everySeconds: period, first: timeOf(first), last: timeOf(last), approval };
}

function evidenceOf(evidence: Evidence, files: readonly string[]): WrittenEvidence {
  const { id, behaviour, rule, stage, micros, host, account, channel, place, weight, reasons } = evidence;
  return {
    id,
    behaviour: behaviour?.id ?? null,
    rule: rule?.id ?? null,
    stage,
    time: timeOf(micros),
    host,
    account,
    channel,
    recordId: place.record >= 0 ? place.record : null,
    file: files[place.input] ?? '',
    offset: place.offset,
    weight: Math.round(weight * 10) / 10,
    reasons,
  };
}

function timeOf(micros: number): string | null {
  return micros === NO_TIME ? null : formatMicros(micros);
}
