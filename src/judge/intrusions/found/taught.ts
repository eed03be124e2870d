/**
 * What a hunt teaches memory of how accounts are used: every way with its first and last time, and the days by which the
 * next hunt judges what is new as this one does. What was told as an intruder's is left out, so that nobody becomes usual by
 * having been found; a habit and a lead are learnt, for they are most likely the site's own.
 *
 * One scan, and only with a memory. An account costs some hundred bytes of it and twenty more for each month.
 */
import type { FactSource } from '../../../read/entities/index.ts';
import { eventKey } from '../../baseline/index.ts';
import { daysText } from '../../days.ts';
import { isDrill, type Memory, type SeenUse, type UsedDays } from '../../memory/index.ts';
import type { Intrusion } from '../../types.ts';
import type { Context } from '../context.ts';
import { isAddress } from '../names.ts';
import { dimensions, freshKind, type Use } from './account-uses.ts';
import { readUses } from './uses.ts';

export function teachUses(
  facts: FactSource,
  context: Context,
  memory: Memory,
  intrusions: readonly Intrusion[],
): { readonly uses: readonly SeenUse[]; readonly days: readonly UsedDays[] } {
  const told = new Set<number>();
  for (const { verdict, recurs, evidence } of intrusions) {
    if (verdict === 'lead' || recurs !== undefined) continue;
    for (const { fact } of evidence) told.add(eventKey(fact));
  }
  const own = memory.drill ? facts : withoutDrills(facts);
  const uses: SeenUse[] = [];
  const days: UsedDays[] = [];
  for (const [account, known] of readUses(own, context, memory, told).byAccount) {
    for (const use of known.uses.values()) uses.push(seenUse(use));
    for (const [kind, on] of known.classes) days.push({ account, kind, days: daysText(on) });
    for (const dimension of dimensions)
      days.push({ account, kind: freshKind(dimension), days: daysText(known.fresh(dimension)) });
  }
  return { uses, days };
}

/** A source without a name is known by its network: its address is another tomorrow. */
function seenUse({ account, source, network, way, host, first, last }: Use): SeenUse {
  const isNamed = !isAddress(source);
  return {
    account,
    source: isNamed ? source : (network ?? source),
    network: isNamed ? (network ?? '') : '',
    way,
    host,
    first,
    last,
  };
}

function withoutDrills(facts: FactSource): FactSource {
  return {
    length: facts.length,
    dropped: facts.dropped,
    scan: (visit, types) =>
      facts.scan(view => {
        if (!isDrill(view.host)) visit(view);
      }, types),
    scanAlike: (roles, make, visit, types) =>
      facts.scanAlike(
        roles,
        make,
        (view, made) => {
          if (!isDrill(view.host)) visit(view, made);
        },
        types,
      ),
  };
}
