/** `look.json`: the answer for programs and for the record, without the records themselves, which are findings. */
import type { Visibility } from '../../judge/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import { jsonText } from '../json-text.ts';
import { blindSaid } from './blind.ts';
import type { LookAnswer, TermAnswer } from './types.ts';

export function lookText(answer: LookAnswer, visibility: Visibility | null): string {
  const { from, to } = answer.asked;
  const document = {
    version: 1,
    asked: { from: timeOf(from), to: timeOf(to) },
    terms: answer.terms.map(termOf),
    logs: answer.logs.map(({ host, channel, events, first, last }) => ({
      host,
      channel,
      events,
      first: timeOf(first),
      last: timeOf(last),
    })),
    notSeen: blindSaid(answer, visibility),
  };
  return `${jsonText(document)}\n`;
}

function termOf({
  kind,
  text,
  count,
  around,
  hosts,
  knownAs,
  isCommon,
  logons,
  inLogons,
}: TermAnswer): unknown {
  return {
    kind,
    text,
    rule: `look-for:${kind}:${text}`,
    count,
    around,
    hosts: hosts.map(({ host, count, first, last }) => ({
      host,
      count,
      first: timeOf(first),
      last: timeOf(last),
    })),
    inferredNames: knownAs.map(({ name, records, isSearched }) => ({ name, records, searched: isSearched })),
    isCommon,
    logons: { touched: logons.touched, followed: logons.followed, records: inLogons },
  };
}

/** Null where there is none. */
function timeOf(micros: number): string | null {
  return Number.isFinite(micros) ? formatMicros(micros) : null;
}
