/** What `loadParser` loads. */
export { limits } from './limits.ts';
export { parseRules, rejectFile } from './parse.ts';
export { readPlaceholders } from './placeholders.ts';
export { readWritten } from './written.ts';
