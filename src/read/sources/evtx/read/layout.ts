/**
 * The numbers of the EVTX file format ([MS-EVEN6] 2.2, and libevtx's description of the container), and the
 * limits this reader sets. All integers are little-endian; offsets inside a chunk count from its start.
 */

/** Bytes before the first chunk. */
export const FILE_HEADER = 4096;
export const CHUNK = 65_536;
/** Bytes of a chunk before its first record. */
export const CHUNK_HEADER = 512;
/** Bytes of a record before its BinXML: magic, size, number (8), time (8). */
export const RECORD_HEADER = 24;
/** The smallest record: header and the copy of its size at the end. */
export const RECORD_MIN = 28;
export const RECORD_MAGIC = 0x00002a2a;
/** `ElfC` and `hnk\0`, `ElfF` and `ile\0`. */
export const CHUNK_MAGIC_LOW = 0x43666c45;
export const CHUNK_MAGIC_HIGH = 0x006b6e68;
export const FILE_MAGIC_LOW = 0x46666c45;
export const FILE_MAGIC_HIGH = 0x00656c69;
/** Where a chunk's header says its used part ends. */
export const FREE_SPACE = 48;

/** Values one template instance or one record may have; real ones have under 200. */
export const MAX_SLOTS = 4096;
/** Values a template may ask for beyond what the record has; they count as absent. */
export const MAX_MISSING = 64;
/**
 * Times a template may show one value; real ones do it once or twice. Else a record of a few kilobytes could stand for
 * hundreds of megabytes of text.
 */
export const MAX_USES = 16;
/** Elements within one another, of one event; real ones have at most 8. */
export const MAX_DEPTH = 64;
/** Fragments within one event: real ones have two. */
export const MAX_FRAGMENTS = 64;
/**
 * Bytes of template definitions and of names that are read per chunk. They do not overlap in a real chunk, so
 * its size is the true bound; a crafted one could point into the same bytes thousands of times.
 */
export const CHUNK_BUDGET: number = 2 * CHUNK;
/** Tokens kept over all structures, elements over all shapes: bounds memory on logs made to exhaust it. */
export const MAX_PROGRAM = 2_000_000;
export const MAX_ELEMENTS = 500_000;
