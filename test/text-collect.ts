/** Reads text with a reader and keeps what came out, for tests: as a file, in pieces, as a stream, record by record. */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceReader } from '../src/read/sources/index.ts';
import { Collector, type Seen } from './evtx-collect.ts';
import { scratch } from './scratch.ts';

/** Opens a file of these bytes for as long as `use` runs. Call within a test. */
export function withFile<T>(bytes: Uint8Array, use: (fd: number) => T): T {
  const path = join(scratch(), 'log');
  writeFileSync(path, bytes);
  const fd = openSync(path, 'r');
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

export function readFile(reader: SourceReader, bytes: Uint8Array): Collector {
  return readPieces(reader, bytes, []);
}

/** Reads the bytes as a file that is cut at these offsets, and checks that all bytes are covered. */
export function readPieces(reader: SourceReader, bytes: Uint8Array, cuts: readonly number[]): Collector {
  const sink = new Collector();
  const inside = [...new Set(cuts)].filter(cut => cut > 0 && cut < bytes.length);
  const points = [0, ...inside.sort((a, b) => a - b), bytes.length];
  withFile(bytes, fd => {
    for (const [i, start] of points.slice(0, -1).entries()) {
      const end = points[i + 1]!;
      let covered = 0;
      for (const size of reader.readFile(fd, start, end, sink)) covered += size;
      if (covered !== end - start) throw new Error(`${covered} bytes covered of ${end - start}`);
    }
  });
  return sink;
}

/** Reads the bytes as a stream in chunks of these sizes, over and over. */
export async function readStream(
  reader: SourceReader,
  bytes: Uint8Array,
  sizes: readonly number[],
): Promise<Collector> {
  const sink = new Collector();
  let covered = 0;
  for await (const size of reader.readStream(chunks(bytes, sizes), sink)) covered += size;
  if (covered !== bytes.length) throw new Error(`${covered} bytes covered of ${bytes.length}`);
  return sink;
}

/** The records at these offsets, each read alone; undefined where there is none. */
export function readAt(
  reader: SourceReader,
  bytes: Uint8Array,
  offsets: readonly number[],
): (Seen | undefined)[] {
  return withFile(bytes, fd =>
    offsets.map(offset => {
      const sink = new Collector();
      return reader.readRecordAt(fd, offset, sink) ? sink.events[0] : undefined;
    }),
  );
}

async function* chunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length]!);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
