/**
 * `report.html` of a hunt: what was judged, read and recorded, as the page takes it, with the script that makes it live. The
 * script is built beside the program; where it is not (a run from the sources), the page is whole without it.
 */
import type { Evidence } from '../../judge/index.ts';
import { logSettings } from '../../know/logging/index.ts';
import { liveScript, type PageInput, renderPage } from '../../tell/index.ts';
import { groupsBeside } from './beside.ts';
import type { Judged } from './judging.ts';
import type { RecordParts } from './output.ts';
import { placeKey, rawEvents } from './raw-events.ts';
import { troubleOf } from './troubles.ts';

/** Files that were not read or only in part, named on the page. */
const MOST_INCOMPLETE = 50;

export function pageText(parts: RecordParts, judged: Judged): string {
  return renderPage(inputOf(parts, judged), liveScript());
}

function inputOf(parts: RecordParts, { judgement, visibility, reach, gathered }: Judged): PageInput {
  const { options, merged, selected, ledger, circumstances } = parts;
  const shown = merged.groups.filter(({ rule }) => selected.hidden[rule] !== 1);
  return {
    run: {
      version: circumstances.tool.version,
      ended: parts.ended * 1000,
      paths: options.paths,
      files: ledger.files.length,
      events: merged.events,
      findings: parts.findings,
      operator: options.operator,
      incomplete: incompleteOf(parts),
    },
    siteTimeZone: options.siteTimeZone,
    advisories: parts.advisories,
    settings: logSettings,
    intrusions: judgement.intrusions,
    suppressed: judgement.suppressed,
    notes: judgement.notes,
    visibility,
    reach,
    cases: parts.people.cases,
    skews: [],
    inputs: parts.inputs.map(({ path }) => path),
    rawOf: rawOf(
      parts,
      judgement.intrusions.flatMap(({ evidence }) => evidence),
    ),
    rest: groupsBeside(shown, { judgement, gathered }).map(({ rule, host, count, first, last, example }) => ({
      title: selected.reported[rule]!.title ?? 'a rule without a title',
      level: selected.reported[rule]!.level ?? 'informational',
      host,
      count,
      first,
      last,
      example,
    })),
  };
}

function rawOf({ collected, merged }: RecordParts, evidence: readonly Evidence[]): PageInput['rawOf'] {
  const raw = rawEvents(
    collected,
    merged.lines,
    evidence.map(({ place }) => place),
  );
  const byId = new Map(evidence.map(({ id, place }) => [id, raw.get(placeKey(place)) ?? null]));
  return id => byId.get(id) ?? null;
}

function incompleteOf({ ledger }: RecordParts): string[] {
  const troubles = ledger.files.flatMap(troubleOf);
  const more = troubles.length - MOST_INCOMPLETE;
  return [
    ...troubles.slice(0, MOST_INCOMPLETE).map(({ path, message }) => `${path}: ${message}`),
    ...(more > 0 ? [`and ${more} more files: ledger.json names all`] : []),
    ...(ledger.interrupted === true ? ['the hunt was stopped before all was read'] : []),
  ];
}
