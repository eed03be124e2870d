/**
 * Zstandard frames (RFC 8878), one after another: each a header, blocks and a check sum, with frames between that
 * are to be skipped. Decoded here, in plain code, for the sake of hostile and damaged files: the library at hand
 * (fzstd 0.1.1) moves its whole window for every block, so that 4 KB keep it busy for five seconds, takes offsets
 * beyond 64 MiB wrongly and verifies no check sum; and node:zlib has Zstandard only from Node 22.15 on.
 */
import { ArchiveError } from '../archive-error.ts';
import type { ByteReader } from '../byte-reader.ts';
import { PIECE_BYTES } from '../content.ts';
import { assertPadding } from '../packed.ts';
import { formatBytes } from '../words.ts';
import { damaged } from './bits.ts';
import { BlockDecoder, MAX_BLOCK_BYTES } from './block-decoder.ts';
import { Xxh64 } from './xxh64.ts';

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
/** The window of `zstd --long` and `--ultra -22`; a larger one must be asked for when unpacking, too. */
const MAX_WINDOW_BYTES = 128 * 2 ** 20;
const MAGIC_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;
const BLOCK_KIND = { raw: 0, repeated: 1, compressed: 2 } as const;

/** Bytes of Zstandard data that give at least `length` bytes of content, where there is as much. */
export function packedBytesFor(length: number): number {
  return length + 2 * (MAX_BLOCK_BYTES + BLOCK_HEADER_BYTES) + 1024;
}

/**
 * True if content that begins so is Zstandard data: a frame, or frames to be skipped and then one. What stands after
 * more of them than `head` holds is not told, because LZ4 begins so too.
 */
export function isZstd(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  for (let at = 0; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4)) {
    const magic = bytes.readUInt32LE(at);
    if (magic === MAGIC) return (bytes[at + MAGIC_BYTES]! & 8) === 0;
    if (!isSkippable(magic)) return false;
  }
  return false;
}

function isSkippable(magic: number): boolean {
  return (magic & ~15) >>> 0 === SKIPPABLE_MAGIC;
}

/** Unpacks all frames. Yields pieces of content that are not written to again; throws ArchiveError behind the last. */
export async function* unzstd(input: ByteReader): AsyncGenerator<Uint8Array, void, void> {
  const blocks = new BlockDecoder();
  for (let frame = 0; ; frame++) {
    const bytes = Buffer.from(await input.take(MAGIC_BYTES));
    if (bytes.length === 0 && frame > 0) return;
    const magic = bytes.length < MAGIC_BYTES ? 0 : bytes.readUInt32LE(0);
    if (isSkippable(magic)) await skipFrame(input);
    else if (magic === MAGIC) yield* readFrame(input, blocks);
    else if (frame === 0) throw new ArchiveError('corrupt', 'damaged or cut off Zstandard header');
    else return assertPadding(bytes, input, 'Zstandard');
  }
}

function cutOff(): ArchiveError {
  return new ArchiveError('corrupt', 'the Zstandard data are cut off; what is there was read');
}

/** `length` bytes, all of them. */
async function takeAll(input: ByteReader, length: number): Promise<Buffer> {
  const bytes = await input.take(length);
  if (bytes.length < length) throw cutOff();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

async function skipFrame(input: ByteReader): Promise<void> {
  let left = (await takeAll(input, 4)).readUInt32LE(0);
  while (left > 0) {
    const next = await input.next();
    if (next.done === true) throw cutOff();
    if (next.value.length > left) input.unread(next.value.subarray(left));
    left -= Math.min(left, next.value.length);
  }
}

type FrameHeader = {
  readonly windowBytes: number;
  /** Bytes of content; -1 where the header does not say. */
  readonly size: number;
  readonly hasCheckSum: boolean;
};

async function readHeader(input: ByteReader): Promise<FrameHeader> {
  const descriptor = (await takeAll(input, 1))[0]!;
  if ((descriptor & 8) !== 0) throw damaged('an unknown kind of frame');
  const isSingle = (descriptor & 32) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  const bytes = await takeAll(input, (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes);
  let at = isSingle ? 0 : 1;
  const dictionary = dictionaryBytes === 0 ? 0 : bytes.readUIntLE(at, dictionaryBytes);
  if (dictionary !== 0) {
    const message = `packed with Zstandard dictionary ${dictionary}, which is not here; unpack it with it and give the folder`;
    throw new ArchiveError('unknown-type', message);
  }
  at += dictionaryBytes;
  const size =
    sizeBytes === 0
      ? -1
      : sizeBytes === 8
        ? Number(bytes.readBigUInt64LE(at))
        : bytes.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
  const windowBytes = isSingle ? size : 2 ** (10 + (bytes[0]! >> 3)) * (1 + (bytes[0]! & 7) / 8);
  if (windowBytes > MAX_WINDOW_BYTES) {
    const message = `packed with Zstandard and a window of ${formatBytes(windowBytes)}, more than the ${formatBytes(MAX_WINDOW_BYTES)} that are read; unpack it and give the folder`;
    throw new ArchiveError('unknown-type', message);
  }
  return { windowBytes, size, hasCheckSum: (descriptor & 4) !== 0 };
}

async function* readFrame(input: ByteReader, blocks: BlockDecoder): AsyncGenerator<Uint8Array, void, void> {
  const { windowBytes, size, hasCheckSum } = await readHeader(input);
  blocks.start(windowBytes);
  const checkSum = hasCheckSum ? new Xxh64() : null;
  let bytes = 0;
  const take = (): Uint8Array => {
    const piece = blocks.take();
    bytes += piece.length;
    checkSum?.update(piece);
    return piece;
  };
  let failure: unknown = null;
  for (let isLast = false; !isLast && failure === null; ) {
    try {
      isLast = await readBlock(input, blocks);
    } catch (error) {
      failure = error;
    }
    if (blocks.ready >= PIECE_BYTES || ((isLast || failure !== null) && blocks.ready > 0)) yield take();
  }
  if (failure !== null) throw failure;
  if (size >= 0 && bytes !== size) {
    const message = `holds ${bytes} bytes where ${size} are said; all were read`;
    throw new ArchiveError('corrupt', message);
  }
  if (checkSum !== null && (await takeAll(input, 4)).readUInt32LE(0) !== checkSum.low32()) {
    const message = 'the Zstandard check sum does not fit; the content was read, but may be damaged';
    throw new ArchiveError('corrupt', message);
  }
}

/** Decodes the next block; true if it is the frame's last. */
async function readBlock(input: ByteReader, blocks: BlockDecoder): Promise<boolean> {
  const header = (await takeAll(input, BLOCK_HEADER_BYTES)).readUIntLE(0, BLOCK_HEADER_BYTES);
  const kind = (header >> 1) & 3;
  const size = header >> 3;
  if (size > MAX_BLOCK_BYTES) throw damaged('a block that is too long');
  if (kind === BLOCK_KIND.raw) blocks.raw(await takeAll(input, size));
  else if (kind === BLOCK_KIND.repeated) blocks.repeated((await takeAll(input, 1))[0]!, size);
  else if (kind === BLOCK_KIND.compressed) blocks.compressed(await takeAll(input, size));
  else throw damaged('an unknown kind of block');
  return (header & 1) !== 0;
}
