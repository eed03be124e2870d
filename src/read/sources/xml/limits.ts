/** What this reader sets bounds to, so that no log takes more than its share of time and memory. */

/** The namespace of Windows events. */
export const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event';

/** Values one event may have; real ones have under 200. */
export const MAX_SLOTS = 4096;
/** Elements within one another, of one event; real ones have at most 8. */
export const MAX_DEPTH = 64;
/** Elements, attributes and constants of one event. */
export const MAX_TOKENS = 32_768;
/** Units of one name, and of a constant (the `Name` of `Data`, a namespace). */
export const MAX_NAME = 1024;
/** Different text runs that lead from one value to the next, at one place, and units of each that are kept. */
export const MAX_EDGES = 256;
export const MAX_MARKUP = 1024;
/** Bytes of all markup that is kept to be recognised again; beyond it, markup is taken apart each time. */
export const MAX_MARKUP_BYTES: number = 16 * 1024 * 1024;
/** Places in structures, and elements over all shapes, that one file may add and that a reader keeps. */
export const MAX_NODES_PER_FILE = 100_000;
export const MAX_NODES = 300_000;
export const MAX_ELEMENTS_PER_FILE = 200_000;
export const MAX_ELEMENTS = 500_000;
