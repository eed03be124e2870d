/**
 * What to do first: the advisory's steps in their order, with what was found filled in. On hosts of the plant nothing is
 * advised that could stop it: they are named, and the control room is called before anything else.
 */
import type { Advisory } from '../../../know/advisories/index.ts';
import { listed } from '../gather.ts';

export type Found = {
  readonly hosts: readonly string[];
  readonly accounts: readonly string[];
  readonly sources: readonly string[];
  /** Hosts on the plant's side, or that lead to it. */
  readonly plant: readonly string[];
};

const MOST_NAMED = 6;

export function saidFirst(advisories: readonly Advisory[], found: Found): string[] {
  const lines: string[] = [];
  if (found.plant.length > 0) {
    lines.push(
      `Call the control room before anything else: ${listed(found.plant, MOST_NAMED)} ${found.plant.length === 1 ? 'is' : 'are'} on the plant's side. Do not isolate, restart or block there; cut at the boundary between IT and OT by the plant's own procedure, and preserve what is there.`,
    );
  }
  for (const { title, text } of advisories.flatMap(({ firstSteps }) => firstSteps)) {
    lines.push(filled(`${title}: ${text}`, found));
  }
  const isolatable = found.hosts.filter(host => !found.plant.includes(host));
  if (isolatable.length > 0) lines.push(`Hosts concerned: ${listed(isolatable, MOST_NAMED)}.`);
  if (found.accounts.length > 0) lines.push(`Accounts concerned: ${listed(found.accounts, MOST_NAMED)}.`);
  if (found.sources.length > 0) lines.push(`Where they came from: ${listed(found.sources, MOST_NAMED)}.`);
  return lines;
}

function filled(text: string, { hosts, accounts, sources }: Found): string {
  return text
    .replaceAll('{hosts}', () => listed(hosts, MOST_NAMED))
    .replaceAll('{accounts}', () => listed(accounts, MOST_NAMED))
    .replaceAll('{sources}', () => listed(sources, MOST_NAMED));
}
