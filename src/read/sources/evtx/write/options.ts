/**
 * What a written file looks like. The defaults are what the Windows event log service writes; everything else
 * here occurs in the wild and is asked for by name, so that a test can have a file that is odd in one way.
 */
import type { EvtxEvent } from './event.ts';

export type EvtxOptions = {
  readonly version?: '3.1' | '3.2';
  /** False: records written out token by token, every value as text, as some exports and collectors do. */
  readonly templates?: boolean;
  /** False: the outer template holds EventData as a plain fragment instead of a second template. */
  readonly innerTemplate?: boolean;
  /** Dependency ids in element tokens; by default inside template definitions and nowhere else. */
  readonly dependencyIds?: boolean;
  /** Provider and Channel as constants of the outer template instead of values. */
  readonly constantHeader?: boolean;
  /** Fewer records in a chunk than would fit. */
  readonly recordsPerChunk?: number;
  /** Number of the first record; above 1 in a log whose beginning has been overwritten. */
  readonly firstRecordNumber?: number;
  /** False: no CRC32 anywhere, and the flag that says so. */
  readonly checksums?: boolean;
  /** Flag set as in a log that was copied while in use; its header still has the counts of an empty log. */
  readonly dirty?: boolean;
  /** Values to write into the file header in place of the right ones. */
  readonly header?: {
    readonly firstChunk?: number;
    readonly lastChunk?: number;
    readonly chunkCount?: number;
    readonly nextRecord?: number;
  };
  /** Before which chunks (by index) a chunk of zeros stands. */
  readonly zeroChunksBefore?: readonly number[];
  /** Chunks (by index, zero chunks not counted) whose magic is damaged. */
  readonly badMagic?: readonly number[];
  /** Chunk buffers are not cleared between chunks: old bytes remain beyond the free-space offset. */
  readonly keepTails?: boolean;
  /** Whole records beyond the free-space offset of the last chunk: left over from before. */
  readonly staleEvents?: readonly EvtxEvent[];
  /**
   * Takes each finished chunk (64 KiB, not reused) and keeps it out of memory; `finish` then returns only the
   * 4096 bytes that belong in front of them.
   */
  readonly onChunk?: (chunk: Buffer) => void;
};
