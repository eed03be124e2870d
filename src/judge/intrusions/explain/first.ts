/**
 * What to do first: the advisory's steps in their order, with what was found filled in. On hosts of the plant nothing is
 * advised that could stop it: they are named, and the control room is called before anything else.
 */
import type { Advisory, FirstStep } from '../../../know/advisories/index.ts';
import { firstAtPlant, ONLY_IT, sparePlant } from '../../reach/index.ts';
import { listed } from '../gather.ts';

export type Found = {
  readonly hosts: readonly string[];
  readonly accounts: readonly string[];
  readonly sources: readonly string[];
  /** Hosts on the plant's side. */
  readonly plant: readonly string[];
};

const MOST_NAMED = 6;

export function saidFirst(advisories: readonly Advisory[], found: Found): string[] {
  const { plant } = found;
  const others = found.hosts.filter(host => !plant.includes(host));
  const lines = plant.length > 0 ? [firstAtPlant(plant)] : [];
  for (const step of advisories.flatMap(({ firstSteps }) => firstSteps)) {
    const said = saidStep(step, found, others);
    if (said !== null) lines.push(said);
  }
  if (others.length > 0) lines.push(`Hosts concerned: ${listed(others, MOST_NAMED)}.`);
  if (found.accounts.length > 0) lines.push(`Accounts concerned: ${listed(found.accounts, MOST_NAMED)}.`);
  if (found.sources.length > 0) lines.push(`Where they came from: ${listed(found.sources, MOST_NAMED)}.`);
  return lines;
}

/** Null where nothing of it may be advised, for all hosts are the plant's. */
function saidStep({ title, text }: FirstStep, found: Found, others: readonly string[]): string | null {
  if (found.plant.length === 0) return filled(`${title}: ${text}`, found);
  const offIt = { ...found, hosts: others };
  const [head] = sparePlant(title, others.length > 0);
  if (head === undefined) return null;
  const said = sparePlant(text, others.length > 0).map(sentence =>
    filled(sentence, sentence.startsWith(ONLY_IT) ? offIt : found),
  );
  return said.length === 0
    ? null
    : `${filled(head, head.startsWith(ONLY_IT) ? offIt : found)}: ${said.join(' ')}`;
}

function filled(text: string, { hosts, accounts, sources }: Found): string {
  return text
    .replaceAll('{hosts}', () => listed(hosts, MOST_NAMED))
    .replaceAll('{accounts}', () => listed(accounts, MOST_NAMED))
    .replaceAll('{sources}', () => listed(sources, MOST_NAMED));
}
