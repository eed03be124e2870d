/**
 * Looks into containers: what each member is, down through archives in archives, within the limits. A member is
 * told by its first 4 KiB; only an inner archive has to be unpacked to be looked into.
 */
import { ArchiveError } from './archive-error.ts';
import { type Content, HEAD_BYTES, PlainContent } from './content.ts';
import { describeUnknown } from './describe.ts';
import type { ContentKind, Input, Note, Step, Unread } from './input.ts';
import { excess } from './limits.ts';
import type { FileName } from './names.ts';
import { packingOf, unpackedContent } from './packings.ts';
import type { Pauses } from './pauses.ts';
import { readStdinHead, StdinContent } from './stdin.ts';
import type { ArchiveStore, OpenArchive } from './store.ts';
import { count, faultOf, formatBytes } from './words.ts';
import { isZip } from './zip/directory.ts';
import type { ZipEntry } from './zip/entry.ts';
import { isDirectoryName, oddity } from './zip/names.ts';
import { selectMembers } from './zip/select.ts';

/** Of packed standard input: a block of Zstandard data, which has 128 KiB, twice over, as it may be packed twice. */
const PACKED_HEAD_BYTES = 512 * 1024;

/** Where some content is. */
export type Place = {
  readonly path: string;
  /** The outermost file; null for standard input. */
  readonly file: FileName | null;
  readonly steps: readonly Step[];
  /** Member that is asked for, else null for all. */
  readonly select: string | null;
  /** The user named this very thing. */
  readonly asked: boolean;
};

/** What one outermost file has unfolded to up to now. */
type Unfolded = { entries: number; bytes: number; stopped: boolean };

type Result = { readonly inputs: Input[]; readonly unread: Unread[]; readonly notes: Note[] };

export class ContentFinder {
  readonly #kinds: readonly ContentKind[];
  readonly #types: readonly string[];
  readonly #store: ArchiveStore;
  readonly #pauses: Pauses;
  readonly #result: Result;

  /** `types` are the words for what this version reads. */
  constructor(
    kinds: readonly ContentKind[],
    types: readonly string[],
    store: ArchiveStore,
    pauses: Pauses,
    result: Result,
  ) {
    this.#kinds = kinds;
    this.#types = types;
    this.#store = store;
    this.#pauses = pauses;
    this.#result = result;
  }

  /** Looks at the content of one outermost file. Rejects only when aborted. */
  async find(content: Content, place: Place): Promise<void> {
    await this.#look(content, place, { entries: 0, bytes: 0, stopped: false }, null);
  }

  /** Looks at standard input; true if it holds an archive, which the store now keeps in a file. */
  async standardInput(fd: number, select: string | null): Promise<boolean> {
    const place: Place = { path: '-', file: null, steps: [], select, asked: true };
    try {
      let head = await readStdinHead(fd, HEAD_BYTES);
      // Enough for the head of what is packed in it to be told as well.
      if (packingOf(head) !== null) head = await readStdinHead(fd, PACKED_HEAD_BYTES, head);
      return await this.#stdinContent(new StdinContent(fd, head), place, head);
    } catch (error) {
      this.#pauses.throwIfAborted();
      this.#fault(place, error, -1);
      return false;
    }
  }

  async #stdinContent(content: Content, place: Place, stdinHead: Uint8Array): Promise<boolean> {
    const head = await content.head(HEAD_BYTES);
    const packing = packingOf(head);
    if (packing !== null && place.steps.length < this.#store.limits.depth) {
      const steps: Step[] = [...place.steps, { container: packing }];
      const inner = unpackedContent(packing, content, this.#store.limits, false);
      return this.#stdinContent(inner, { ...place, steps }, stdinHead);
    }
    if (!isZip(head)) {
      await this.#look(content, place, { entries: 0, bytes: 0, stopped: false }, stdinHead);
      return false;
    }
    const { bytes, path, damage } = await this.#store.unpack(content, true);
    if (damage !== null) this.#fault(place, damage, -1);
    await this.find(new PlainContent(bytes), { ...place, file: path, steps: [] });
    return true;
  }

  /** Says that a member of something without members was asked for. */
  notAnArchive(place: Place, select: string): void {
    const path = `${place.path}!/${select}`;
    const message = `there is no such member: ${place.path} is no archive that this version reads`;
    this.#result.unread.push({ path, reason: 'missing', message, size: -1, asked: true });
  }

  #fault(place: Place, error: unknown, size: number): void {
    const { reason, message } = faultOf(error);
    const asked = place.asked && place.select === null ? { asked: true as const } : {};
    this.#result.unread.push({ path: place.path, reason, message, size, ...asked });
  }

  async #look(
    content: Content,
    place: Place,
    unfolded: Unfolded,
    stdinHead: Uint8Array | null,
  ): Promise<void> {
    let head: Uint8Array;
    try {
      head = await content.head(HEAD_BYTES);
      if (head.length === 0) return this.#fault(place, await whyEmpty(content), content.size);
    } catch (error) {
      return this.#fault(place, error, content.size);
    }
    const zip = isZip(head);
    const packing = packingOf(head);
    if (zip || packing !== null) {
      if (place.steps.length >= this.#store.limits.depth) {
        const message = `archives nested deeper than ${this.#store.limits.depth}; unpack it and give the folder`;
        return this.#fault(place, new ArchiveError('too-deep', message), content.size);
      }
      if (packing === null) return this.#archive(place, unfolded);
      const steps: Step[] = [...place.steps, { container: packing }];
      const inner = unpackedContent(packing, content, this.#store.limits, place.file !== null);
      return this.#look(inner, { ...place, steps }, unfolded, stdinHead);
    }
    if (place.select !== null) return this.notAnArchive(place, place.select);
    const source = this.#kinds.find(candidate => candidate.recognises(head));
    if (source === undefined) {
      const message = describeUnknown(head, this.#types);
      return this.#fault(place, new ArchiveError('unknown-type', message), content.size);
    }
    const { path, file, steps } = place;
    this.#result.inputs.push({
      path,
      file: typeof file === 'string' || file === null ? file : path,
      steps,
      type: source.name,
      size: content.size,
      ...(typeof file === 'string' || file === null ? {} : { fileBytes: file }),
      ...(stdinHead === null ? {} : { head: stdinHead }),
    });
  }

  async #archive(place: Place, unfolded: Unfolded): Promise<void> {
    let archive: OpenArchive;
    try {
      archive = await this.#store.archive(place.file!, place.steps);
    } catch (error) {
      return this.#fault(place, error, -1);
    }
    try {
      if (archive.unpackDamage !== null) this.#fault(place, archive.unpackDamage, -1);
      if (archive.damage !== null) this.#fault(place, new ArchiveError('corrupt', archive.damage), -1);
      await this.#members(archive, place, unfolded);
    } finally {
      archive.release();
    }
  }

  async #members(archive: OpenArchive, place: Place, unfolded: Unfolded): Promise<void> {
    const { limits } = this.#store;
    const files = archive.entries.filter(entry => !isDirectoryName(entry.name));
    unfolded.entries += archive.entries.length;
    if (unfolded.entries > limits.entries) {
      return this.#stop(
        place,
        unfolded,
        `unfolds to more than ${limits.entries} members; the rest was not read`,
      );
    }
    if (files.length === 0 && archive.damage === null) {
      return this.#fault(place, new ArchiveError('empty', 'an archive without files'), -1);
    }
    const chosen = selectMembers(files, place.select);
    if (chosen.length === 0 && place.select !== null) this.#noSuchMember(place, place.select, files);
    this.#noteOddNames(
      place,
      chosen.map(choice => choice.entry),
    );
    this.#refuseOverlapping(
      place,
      chosen.map(choice => choice.entry),
    );
    for (const { entry, select, asked } of chosen) {
      if (unfolded.stopped) return;
      if (entry.overlaps) continue;
      this.#pauses.looked++;
      if (this.#pauses.due()) await this.#pauses.pause();
      unfolded.bytes += Math.max(0, entry.size);
      if (unfolded.bytes > limits.totalBytes) {
        const message = `unfolds to more than ${formatBytes(limits.totalBytes)}; the rest was not read`;
        return this.#stop(place, unfolded, message);
      }
      const steps: Step[] = [...place.steps, { container: 'zip', index: entry.index }];
      const inner = { path: `${place.path}!/${entry.name}`, file: place.file, steps, select, asked };
      const wrong = excess(entry.size, entry.packed, limits);
      if (wrong !== null)
        this.#fault(inner, new ArchiveError('bomb', `${wrong}; it was not read`), entry.size);
      else await this.#look(archive.member(entry.index), inner, unfolded, null);
    }
  }

  #stop(place: Place, unfolded: Unfolded, message: string): void {
    unfolded.stopped = true;
    this.#fault(place, new ArchiveError('bomb', message), -1);
  }

  #noSuchMember(place: Place, select: string, files: readonly ZipEntry[]): void {
    const some = files.slice(0, 3).map(entry => entry.name);
    const message = `there is no such member; the archive holds ${count(files.length, 'file')}, such as ${some.join(', ')}`;
    this.#result.unread.push({
      path: `${place.path}!/${select}`,
      reason: 'missing',
      message,
      size: -1,
      asked: true,
    });
  }

  /** One line per archive and kind of oddity, however many members have it. */
  #noteOddNames(place: Place, entries: readonly ZipEntry[]): void {
    for (const reason of ['traversal', 'odd-name'] as const) {
      const odd = entries.filter(entry => oddity(entry.name) === reason);
      if (odd.length === 0) continue;
      const more = odd.length === 1 ? '' : ` (and ${count(odd.length - 1, 'more member')} like it)`;
      const what =
        reason === 'traversal'
          ? 'a name that points outside the archive (path traversal)'
          : 'a name with control characters';
      const message = `${what}${more}; nothing is written by that name, its content is looked at like any other`;
      this.#result.notes.push({ path: `${place.path}!/${odd[0]!.name}`, reason, message });
    }
  }

  #refuseOverlapping(place: Place, entries: readonly ZipEntry[]): void {
    const overlapping = entries.filter(entry => entry.overlaps);
    if (overlapping.length === 0) return;
    const message = `${count(overlapping.length, 'member')} of this archive (such as ${overlapping[0]!.name}) share their bytes with others, as in a zip bomb; they were not read`;
    this.#fault(place, new ArchiveError('bomb', message), -1);
  }
}

/** Why content has no first byte. */
async function whyEmpty(content: Content): Promise<ArchiveError> {
  try {
    for await (const chunk of content.stream()) {
      if (chunk.length > 0) return new ArchiveError('corrupt', 'its beginning is damaged');
    }
    return new ArchiveError('empty', 'a file of 0 bytes');
  } catch (error) {
    if (error instanceof ArchiveError) return error;
    throw error;
  }
}
