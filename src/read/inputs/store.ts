/**
 * Archives that are open: many members are read one after another, so an archive's directory is read once, and
 * an archive inside an archive is unpacked once, to memory where it is small and else to a temporary file.
 * One store per thread; `dispose` it at the end.
 */
import { writeSync } from 'node:fs';
import { ArchiveError } from './archive-error.ts';
import { type Content, PlainContent } from './content.ts';
import type { ArchiveLimits, Step } from './input.ts';
import { archiveLimits } from './limits.ts';
import { unpackedContent } from './packings.ts';
import { FileAccess, MemoryAccess, type RandomAccess } from './random-access.ts';
import { TemporaryFiles } from './temporary.ts';
import { readDirectory, type ZipDirectory } from './zip/directory.ts';
import { ZipMember } from './zip/member.ts';

/** An inner archive up to this size is kept in memory. */
const MEMORY_BYTES = 32 << 20;
/** Archives that are kept open though nobody uses them. */
const IDLE_ARCHIVES = 2;

/** Bytes at hand, and how to let go of them. */
type Unpacked = {
  readonly bytes: RandomAccess;
  /** Why there is less than there should be, else null. */
  readonly damage: ArchiveError | null;
  readonly path: string | null;
  readonly release: () => void;
};

/** An open archive. Its members can be read until it is released. */
export type OpenArchive = ZipDirectory & {
  /** What was met while it was unpacked from its own container, else null. */
  readonly unpackDamage: ArchiveError | null;
  member(index: number): ZipMember;
  release(): void;
};

type Slot = {
  readonly archive: Promise<{ bytes: RandomAccess; directory: ZipDirectory; damage: ArchiveError | null }>;
  close: () => void;
  users: number;
};

export class ArchiveStore {
  readonly limits: ArchiveLimits;
  readonly #temporary = new TemporaryFiles();
  /** By key; in order of last use. */
  readonly #slots = new Map<string, Slot>();

  constructor(limits?: Partial<ArchiveLimits>) {
    this.limits = archiveLimits(limits);
  }

  /**
   * The content that `steps` lead to from `file`; `root` is the file's own content where there are no steps to
   * an archive. Everything it holds on to is let go by `release`.
   */
  async content(
    file: string | Uint8Array,
    steps: readonly Step[],
  ): Promise<{ readonly content: Content; readonly release: () => void }> {
    const step = steps.at(-1);
    if (step === undefined) {
      const access = FileAccess.open(file);
      return { content: new PlainContent(access), release: () => access.close() };
    }
    if (step.container !== 'zip') {
      const packed = await this.content(file, steps.slice(0, -1));
      const content = unpackedContent(step.container, packed.content, this.limits, true);
      return { content, release: packed.release };
    }
    const archive = await this.archive(file, steps.slice(0, -1));
    try {
      return { content: archive.member(step.index), release: () => archive.release() };
    } catch (error) {
      archive.release();
      throw error;
    }
  }

  /** The archive that `steps` lead to from `file`. Throws ArchiveError, and on I/O errors. */
  async archive(file: string | Uint8Array, steps: readonly Step[]): Promise<OpenArchive> {
    const name = typeof file === 'string' ? file : Buffer.from(file).toString('latin1');
    const key = `${name}\0${steps.map(step => (step.container === 'zip' ? step.index : step.container)).join('/')}`;
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      const fresh: Slot = { archive: Promise.resolve(null as never), close: () => {}, users: 0 };
      slot = { ...fresh, archive: this.#open(file, steps, close => (slot!.close = close)) };
    }
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    slot.users++;
    this.#closeIdle();
    const held = slot;
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      held.users--;
    };
    try {
      const { bytes, directory, damage } = await held.archive;
      return {
        ...directory,
        unpackDamage: damage,
        member: index => {
          const entry = directory.entries[index];
          if (entry === undefined)
            throw new ArchiveError('corrupt', 'the archive has changed since it was listed');
          return new ZipMember(bytes, entry, this.limits);
        },
        release,
      };
    } catch (error) {
      release();
      this.#slots.delete(key);
      held.close();
      throw error;
    }
  }

  async #open(
    file: string | Uint8Array,
    steps: readonly Step[],
    onClose: (close: () => void) => void,
  ): Promise<{ bytes: RandomAccess; directory: ZipDirectory; damage: ArchiveError | null }> {
    if (steps.length >= this.limits.depth) {
      throw new ArchiveError('too-deep', `archives nested deeper than ${this.limits.depth}`);
    }
    const { content, release } = await this.content(file, steps);
    let unpacked: Unpacked | null = null;
    onClose(() => {
      unpacked?.release();
      release();
    });
    unpacked = await this.unpack(content, false);
    const directory = readDirectory(unpacked.bytes, this.limits.entries);
    return { bytes: unpacked.bytes, directory, damage: unpacked.damage };
  }

  /**
   * The content's bytes at hand. What is damaged is unpacked as far as it goes, but not a bomb. `named`: to a file
   * that others can open by `path` until the store is disposed.
   */
  async unpack(content: Content, named: boolean): Promise<Unpacked> {
    if (content.direct !== null) {
      return { bytes: content.direct, damage: null, path: null, release: () => {} };
    }
    const parts: Uint8Array[] = [];
    let size = 0;
    let file: { readonly fd: number; readonly path: string } | null = null;
    let damage: ArchiveError | null = null;
    const spill = (): void => {
      file ??= this.#temporary.open(named);
      for (const part of parts) writeAll(file.fd, part);
      parts.length = 0;
    };
    try {
      for await (const chunk of content.stream()) {
        size += chunk.length;
        parts.push(chunk);
        if (file !== null || size > MEMORY_BYTES || named) spill();
      }
    } catch (error) {
      if (!(error instanceof ArchiveError) || error.code === 'bomb' || size === 0) {
        if (file !== null) this.#temporary.close(file);
        throw error;
      }
      damage = error;
    }
    if (file === null) {
      const bytes = new MemoryAccess(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
      return { bytes, damage, path: null, release: () => {} };
    }
    const spilled: { readonly fd: number; readonly path: string } = file;
    return {
      bytes: new FileAccess(spilled.fd, size),
      damage,
      path: spilled.path,
      release: () => this.#temporary.close(spilled),
    };
  }

  #closeIdle(): void {
    let idle = 0;
    for (const slot of this.#slots.values()) if (slot.users === 0) idle++;
    for (const [key, slot] of this.#slots) {
      if (idle <= IDLE_ARCHIVES) return;
      if (slot.users > 0) continue;
      this.#slots.delete(key);
      slot.close();
      idle--;
    }
  }

  /** Closes all archives and removes all temporary files. Nothing from this store may be used afterwards. */
  dispose(): void {
    for (const slot of this.#slots.values()) slot.close();
    this.#slots.clear();
    this.#temporary.dispose();
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
