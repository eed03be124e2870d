/** What `loadParser` loads. */
export { quoted } from './errors.ts';
export { limits } from './limits.ts';
export { parseRules, rejectFile } from './parse.ts';
export { readPlaceholders } from './placeholders.ts';
export { readTree } from './tree.ts';
export { readWritten } from './written.ts';
