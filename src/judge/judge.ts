/**
 * The judgement of a hunt: the same findings, facts and knowledge give the same intrusions, whatever the order they come
 * in. This file brings the collaborators together; what decides is in `intrusions/`.
 */
import { approvalFor, isPlant, namesZone, type Site, zoneOf } from '../know/site/index.ts';
import { buildBaseline, EventKeys, KeySet } from './baseline/index.ts';
import {
  type Approved,
  type Item,
  judgeIntrusions,
  makeNames,
  type Names,
  pathsOf,
} from './intrusions/index.ts';
import { memoryFor, rememberedAfter } from './remember.ts';
import type { JudgeInput, Judgement } from './types.ts';

export function judge(input: JudgeInput): Judgement {
  const { facts, hosts, site, now } = input;
  const memory = input.memory === null ? null : memoryFor(input.memory, hosts);
  const names = makeNames(hosts, facts, input.findings);
  const evidence = new KeySet();
  const keys = new EventKeys();
  for (const { fact } of input.findings) evidence.add(keys.of(fact));
  const baseline = buildBaseline(facts, { evidence, names, hosts });
  const { intrusions, suppressed, thefts, taught, notes } = judgeIntrusions(
    { ...input, memory },
    {
      names,
      baseline,
      approvalOf: item => (site === null ? null : approvedBy(site, item, names, now)),
      zoneOf: site === null || !namesZone(site) ? null : name => zoneOf(site, name),
      isPlant: host => (site !== null && isPlant(site, host)) || input.plant?.has(host) === true,
    },
  );
  const telling = intrusions.filter(({ verdict, firstSeen }) => verdict !== 'lead' && firstSeen !== 0);
  const dwell = telling.length === 0 ? null : Math.min(...telling.map(({ firstSeen }) => firstSeen));
  const overlap = dwell === null ? null : baseline.overlap(dwell).note;
  return {
    intrusions,
    suppressed,
    memory:
      memory === null || taught === null
        ? input.memory
        : rememberedAfter(memory, thefts, taught, facts, names),
    notes: [
      ...baseline.notes,
      ...(overlap === null ? [] : [overlap]),
      ...notes,
      ...(input.memory !== null && memory === null ? [ofOtherKind] : []),
    ],
  };
}

const ofOtherKind =
  'The memory is of a drill and these logs are not, or the other way round: it was not used, and nothing of them is kept in it.';

/** An approval must fit all that a command names: output that goes elsewhere too is not what was approved. */
function approvedBy(site: Site, item: Item, names: Names, now: number): Approved | null {
  const { values } = item.fact;
  const paths = pathsOf(item.fact, names).map(({ path }) => path);
  const found = (paths.length === 0 ? [null] : paths).map(path =>
    approvalFor(site, {
      account: item.account,
      host: item.host,
      parent: values.parentImage ?? null,
      parentCommand: values.parentCommandLine ?? null,
      path,
      command: values.commandLine ?? null,
      behaviour: item.behaviour,
      micros: item.micros,
      now,
    }),
  );
  const approval = found[0];
  if (approval == null || found.some(each => each?.id !== approval.id)) return null;
  return { approval, reason: `approved by ${approval.by}: ${approval.why}` };
}
