/**
 * The collections among the inputs: their manifests are read before the logs, checked against the logs' hashes after
 * them, and stand in the ledger. The manifest is the word of the host; what it says can only add to what is shown.
 */
import { createHash } from 'node:crypto';
import { type Collection, manifestKind, parseManifest, readManifest } from '../../read/collections/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import type { ArchiveStore, Discovery, Input, Unread } from '../../read/inputs/index.ts';
import { plain } from '../../tell/index.ts';
import type { Io } from '../io.ts';
import type { CollectionEntry } from './collection-entry.ts';
import type { CollectionWindow } from './collection-traces.ts';
import type { FileEntry, Ledger } from './ledger.ts';
import { compareText } from './merged.ts';
import { remark } from './remarks.ts';

/** A manifest that was read, and where it lay. */
export type FoundCollection = {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly collection: Collection;
};

/** All manifests of a hunt together; more is no collection that anybody made. */
const MOST_BYTES = 64 << 20;
const MINUTE = 60e6;
/** By how much the clock of an event may differ from the script's. */
const TOLERANCE: number = 2 * MINUTE;
/** A collection takes minutes. A longer time would let a false manifest speak of half the logs. */
const LONGEST: number = 24 * 60 * MINUTE;
/** Seconds from which a clock that is off matters when hosts are compared. */
const CLOCK_MATTERS = 60;

/** Reads the manifests among the inputs and takes them out; those that can't be read join the unread. */
export async function takeCollections(
  discovery: Discovery,
  store: ArchiveStore,
): Promise<{ readonly discovery: Discovery; readonly collections: readonly FoundCollection[] }> {
  const manifests = discovery.inputs.filter(isManifest);
  if (manifests.length === 0) return { discovery, collections: [] };
  const collections: FoundCollection[] = [];
  const unread: Unread[] = [...discovery.unread];
  let total = 0;
  for (const input of manifests) {
    const found = total > MOST_BYTES ? 'one manifest of a collection too many' : await readOne(input, store);
    if (typeof found === 'string') {
      unread.push({ path: input.path, reason: 'corrupt', message: found, size: input.size });
      continue;
    }
    total += found.size;
    collections.push(found);
  }
  const inputs = discovery.inputs.filter(input => !isManifest(input));
  return { discovery: { ...discovery, inputs, unread }, collections };
}

function isManifest(input: Input): boolean {
  return input.type === manifestKind.name;
}

/** A manifest, or one sentence that says why it can't be read. */
async function readOne(input: Input, store: ArchiveStore): Promise<FoundCollection | string> {
  const read = await readManifest(input, store);
  if (read.kind === 'fault') return read.message;
  const parsed = parseManifest(read.bytes);
  if (parsed.kind === 'fault') return parsed.message;
  const sha256 = createHash('sha256').update(read.bytes).digest('hex');
  return { path: input.path, size: read.bytes.length, sha256, collection: parsed.collection };
}

/** The time in which traces of each collection lie. */
export function collectionWindows(collections: readonly FoundCollection[]): CollectionWindow[] {
  return collections.flatMap(({ collection }) => {
    const { names, start, end, marker, scriptId } = collection;
    if (!hasTime(collection)) return [];
    return [{ hosts: names, from: start! - TOLERANCE, to: end! + TOLERANCE, marker, scriptId }];
  });
}

/** Whether it says when it began and ended, and can be believed. */
function hasTime({ start, end }: Collection): boolean {
  return start !== null && end !== null && end >= start && end - start <= LONGEST;
}

/** The ledger with the collections in it, and their manifests among the files. */
export function withCollections(ledger: Ledger, collections: readonly FoundCollection[]): Ledger {
  if (collections.length === 0) return ledger;
  const byPath = new Map(ledger.files.map(file => [file.path, file]));
  const manifests = collections.map(
    ({ path, size, sha256 }): FileEntry => ({
      path,
      type: manifestKind.name,
      size,
      sha256,
      events: 0,
      damaged: [],
      unparsed: [],
    }),
  );
  return {
    ...ledger,
    files: [...ledger.files, ...manifests].sort((a, b) => compareText(a.path, b.path)),
    collections: collections.map(found => entryOf(found, byPath)),
  };
}

function entryOf(
  { path, collection }: FoundCollection,
  files: ReadonlyMap<string, FileEntry>,
): CollectionEntry {
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const mismatched: string[] = [];
  const missing: string[] = [];
  let matched = 0;
  let unverified = 0;
  for (const { file, sha256 } of collection.files) {
    if (file === null) continue;
    const entry = files.get(folder + file);
    if (entry === undefined) missing.push(file);
    else if (sha256 === null || entry.sha256 === null) unverified++;
    else if (entry.sha256 === sha256) matched++;
    else mismatched.push(entry.path);
  }
  const { host, start, end, clockOffset, errors } = collection;
  return {
    manifest: path,
    host,
    start: start === null ? null : formatMicros(start),
    end: end === null ? null : formatMicros(end),
    clockOffset,
    matched,
    mismatched,
    missing,
    unverified,
    errors,
  };
}

/** Files named in one remark at most; the ledger has all. */
const MOST_NAMED = 5;

/** Says what a person should know of the collections: clocks that are off, files that changed or are missing. */
export function tellCollections(io: Io, ledger: Ledger, collections: readonly FoundCollection[]): void {
  const say = (path: string, message: string): void =>
    remark(io, `huntaway: ${plain(path)}: ${plain(message)}\n`);
  (ledger.collections ?? []).forEach(({ manifest, host, clockOffset, mismatched, missing }, i) => {
    const { collection } = collections[i]!;
    if (clockOffset !== null && Math.abs(clockOffset) > CLOCK_MATTERS) {
      const seconds = Math.round(Math.abs(clockOffset));
      say(manifest, `the clock of ${host} was off by ${seconds} s; its times are shown as it wrote them`);
    }
    if (!hasTime(collection)) {
      say(manifest, 'does not say when the collection began and ended; its traces are not labelled');
    }
    for (const path of mismatched.slice(0, MOST_NAMED)) {
      say(path, 'differs from the manifest: changed since collection');
    }
    const rest = mismatched.length - MOST_NAMED;
    if (rest > 0) say(manifest, `${rest} more differ from it; --out lists all`);
    if (missing.length > 0) {
      const named = missing.slice(0, MOST_NAMED).join(', ');
      const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
      say(manifest, `names files that are not beside it: ${named}${more}`);
    }
  });
}
