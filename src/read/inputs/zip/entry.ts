/** A member of a zip archive as its headers describe it, and the constants of those headers (APPNOTE 4.3). */

export const LOCAL_BYTES = 30;
export const LOCAL_SIGNATURE = 0x04034b50;
export const FLAG_ENCRYPTED = 1;
export const FLAG_SIZES_FOLLOW = 8;
export const FLAG_UTF8 = 0x800;

export type ZipEntry = {
  /** Place in the directory, from 0; what was found without one follows, in order of offset. */
  readonly index: number;
  /** As stored: separators, `..` and control characters included. */
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  /** CRC-32 of the content; -1 where unknown (found without the directory). */
  readonly crc: number;
  /** Bytes packed and unpacked; -1 where unknown (found without the directory). */
  readonly packed: number;
  readonly size: number;
  /** Of the local header. */
  readonly offset: number;
  /** Shares bytes with another member. */
  overlaps: boolean;
};
