/** The bounds on archives: their defaults, and the one place that says when unpacking has gone too far. */
import { ArchiveError } from './archive-error.ts';
import type { ArchiveLimits } from './input.ts';
import { formatBytes } from './words.ts';

const GiB = 2 ** 30;

/**
 * Event logs pack 10 to 30 times, very repetitive JSON a hundred times; a bomb packs a thousand times (the
 * most that deflate can) or nests.
 */
export const defaultLimits: ArchiveLimits = {
  depth: 8,
  entries: 250_000,
  memberBytes: 256 * GiB,
  totalBytes: 1024 * GiB,
  ratio: 250,
};

/** Up to here any ratio is harmless: a nearly empty log packs as well as a bomb. */
export const RATIO_FREE_BYTES: number = 16 * 2 ** 20;

/** The limits asked for over the defaults. */
export function archiveLimits(limits: Partial<ArchiveLimits> | undefined): ArchiveLimits {
  return limits === undefined ? defaultLimits : { ...defaultLimits, ...limits };
}

/** What is wrong with a member that unpacks from `packed` to `unpacked` bytes; null if nothing is. */
export function excess(unpacked: number, packed: number, limits: ArchiveLimits): string | null {
  if (unpacked > limits.memberBytes) {
    return `unpacks to more than ${formatBytes(limits.memberBytes)}, the limit for one member`;
  }
  if (unpacked > RATIO_FREE_BYTES && unpacked > packed * limits.ratio) {
    return `unpacks to more than ${limits.ratio} times its packed size, as a zip bomb does`;
  }
  return null;
}

/** Throws `bomb` where a member has unpacked too far. `packed` is what was consumed up to now. */
export function assertBounded(unpacked: number, packed: number, limits: ArchiveLimits): void {
  const wrong = excess(unpacked, packed, limits);
  if (wrong !== null) throw new ArchiveError('bomb', `${wrong}; what came before was read`, unpacked);
}
