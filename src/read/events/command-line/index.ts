/** Command lines as they were meant: `normal.ts` says what is undone. */
export { MOST_GROWTH, normalCommandLine } from './normal.ts';
export { isPlainLine } from './plain-line.ts';
