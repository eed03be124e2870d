/**
 * Deflate64, which Windows Explorer uses for files above 2 GB and node:zlib does not know. Unpacked by zip.js,
 * loaded only then (35 ms). It is given an archive of this one member, put together around the packed bytes
 * where they lie, so that the cost does not grow with the real archive's directory.
 */
import { ArchiveError } from '../archive-error.ts';
import { MemoryAccess, type RandomAccess, readAt } from '../random-access.ts';

const DEFLATE64 = 9;
/** zip.js loses what it unpacked of the chunk in which damage lies, and of a few before. */
const CHUNK_BYTES = 64 * 1024;
const NAME = Buffer.from('m');

/** Unpacks `packed`; `size` is what the directory says it unpacks to. Throws ArchiveError where it is damaged. */
export async function* inflate64(packed: RandomAccess, size: number): AsyncGenerator<Uint8Array, void, void> {
  const { configure, Reader, ZipReader } = await import('@zip.js/zip.js');
  configure({ chunkSize: CHUNK_BYTES });
  const archive = archiveOf(packed, size);
  class AccessReader extends Reader<RandomAccess> {
    override size = archive.size;
    override async readUint8Array(index: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
      return readAt(archive, index, length) as Uint8Array<ArrayBuffer>;
    }
  }
  const [entry] = await new ZipReader(new AccessReader(archive)).getEntries();
  if (entry === undefined || entry.directory)
    throw new ArchiveError('corrupt', 'the packed data are damaged');
  const output = new Handover();
  const options = { useWebWorkers: false, checkSignature: false };
  const done = entry.getData(output.writable, options).then(
    () => output.end(null),
    (error: unknown) => output.end(String(error)),
  );
  try {
    yield* output.chunks();
    if (output.failed !== null) {
      throw new ArchiveError(
        'corrupt',
        `the packed data are damaged (${output.failed}); most of what comes before was read`,
      );
    }
  } finally {
    output.abandon();
    await done;
  }
}

/** Hands chunks from a writer to a reader one by one. Unlike a TransformStream it keeps them when the writer fails. */
class Handover {
  failed: string | null = null;
  #chunk: Uint8Array | null = null;
  #ended = false;
  #abandoned = false;
  #wakeReader: () => void = () => {};
  #wakeWriter: () => void = () => {};

  readonly writable: WritableStream<Uint8Array> = new WritableStream({
    write: async chunk => {
      while (this.#chunk !== null && !this.#abandoned) {
        await new Promise<void>(resolve => {
          this.#wakeWriter = resolve;
        });
      }
      if (this.#abandoned) throw new Error('nobody reads on');
      this.#chunk = chunk;
      this.#wakeReader();
    },
  });

  async *chunks(): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      const chunk = this.#chunk;
      if (chunk !== null) {
        this.#chunk = null;
        this.#wakeWriter();
        yield chunk;
      } else if (this.#ended) return;
      else {
        await new Promise<void>(resolve => {
          this.#wakeReader = resolve;
        });
      }
    }
  }

  end(failed: string | null): void {
    this.failed = failed;
    this.#ended = true;
    this.#wakeReader();
  }

  abandon(): void {
    this.#abandoned = true;
    this.#wakeWriter();
  }
}

/** A zip64 archive of one member whose packed bytes are `packed`. */
function archiveOf(packed: RandomAccess, size: number): RandomAccess {
  const local = Buffer.alloc(30 + NAME.length);
  local.write('PK\x03\x04', 'latin1');
  local.writeUInt16LE(DEFLATE64, 8);
  local.writeUInt16LE(NAME.length, 26);
  NAME.copy(local, 30);

  const central = Buffer.alloc(46 + NAME.length + 20);
  central.write('PK\x01\x02', 'latin1');
  central.writeUInt16LE(DEFLATE64, 10);
  central.writeUInt32LE(0xffffffff, 20);
  central.writeUInt32LE(0xffffffff, 24);
  central.writeUInt16LE(NAME.length, 28);
  central.writeUInt16LE(20, 30);
  NAME.copy(central, 46);
  central.writeUInt16LE(1, 47);
  central.writeUInt16LE(16, 49);
  central.writeBigUInt64LE(BigInt(size), 51);
  central.writeBigUInt64LE(BigInt(packed.size), 59);

  const start = local.length + packed.size;
  const end = Buffer.alloc(56 + 20 + 22);
  end.write('PK\x06\x06', 0, 'latin1');
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(1n, 24);
  end.writeBigUInt64LE(1n, 32);
  end.writeBigUInt64LE(BigInt(central.length), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  end.write('PK\x06\x07', 56, 'latin1');
  end.writeBigUInt64LE(BigInt(start + central.length), 64);
  end.writeUInt32LE(1, 72);
  end.write('PK\x05\x06', 76, 'latin1');
  end.writeUInt16LE(0xffff, 84);
  end.writeUInt16LE(0xffff, 86);
  end.writeUInt32LE(0xffffffff, 88);
  end.writeUInt32LE(0xffffffff, 92);
  return new JoinedAccess([new MemoryAccess(local), packed, new MemoryAccess(Buffer.concat([central, end]))]);
}

/** Several, one after another. */
class JoinedAccess implements RandomAccess {
  readonly #parts: readonly RandomAccess[];
  readonly size: number;

  constructor(parts: readonly RandomAccess[]) {
    this.#parts = parts;
    this.size = parts.reduce((sum, part) => sum + part.size, 0);
  }

  read(into: Uint8Array, position: number): number {
    let done = 0;
    let start = 0;
    for (const part of this.#parts) {
      const from = position + done - start;
      if (done < into.length && from < part.size) {
        done += part.read(into.subarray(done, done + Math.min(into.length - done, part.size - from)), from);
      }
      start += part.size;
    }
    return done;
  }
}
