/** Bounds on a manifest, far above what the script writes: it is input like any other. */

/** Bytes; a collection of every channel of a server writes about one. */
export const MOST_BYTES: number = 4 << 20;
export const MOST_FILES = 5000;
export const MOST_ERRORS = 5000;
export const MOST_AUDIT_SETTINGS = 500;
/** Characters kept of one text. */
export const MOST_TEXT = 1000;
