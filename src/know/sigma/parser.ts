/** What `loadParser` loads. */

export { parseNetwork } from './cidr.ts';
export { quoted } from './errors.ts';
export { limits } from './limits.ts';
export { parseRules, rejectFile } from './parse.ts';
export { readPlaceholders } from './placeholders.ts';
export { simplifyPlan } from './plan-simplify.ts';
export { regexTest } from './regex.ts';
export { readTree } from './tree.ts';
export { readWritten } from './written.ts';
