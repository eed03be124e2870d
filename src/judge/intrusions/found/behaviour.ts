/** Which behaviour of the advisories a fact shows, where no rule says so: the one whose logs are named most narrowly. */
import type { Advisory, Behaviour } from '../../../know/advisories/index.ts';
import type { Fact } from '../../../read/entities/index.ts';

/** Of behaviours at one of `steps`, earlier steps preferred; null where the advisories name none that this log shows. */
export function behaviourFor(
  advisories: readonly Advisory[],
  steps: readonly string[],
  { channel, eventId }: Fact,
): Behaviour | null {
  let best: Behaviour | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const behaviour of advisories.flatMap(({ behaviours }) => behaviours)) {
    const step = behaviour.step === null ? -1 : steps.indexOf(behaviour.step);
    if (step < 0) continue;
    const shown = behaviour.sources.filter(
      source =>
        source.channel.toLowerCase() === channel.toLowerCase() &&
        (source.eventIds.length === 0 || source.eventIds.includes(eventId)),
    );
    if (shown.length === 0) continue;
    const breadth = Math.min(
      ...shown.map(({ eventIds }) => (eventIds.length === 0 ? 1000 : eventIds.length)),
    );
    const rank = step * 10_000 + breadth;
    if (rank < bestRank || (rank === bestRank && behaviour.id < best!.id)) {
      best = behaviour;
      bestRank = rank;
    }
  }
  return best;
}
