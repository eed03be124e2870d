/** Rule sets: folders of rule files → typed rules, at once where nothing changed. */
export { defaultCacheDirectory } from './cache-directory.ts';
export { clearRuleCaches, type RuleCache, ruleCaches } from './cache-file.ts';
export { isCompiled, writeCompiled } from './compiled.ts';
export { readKept, writeKept } from './kept.ts';
export {
  type Input as CorrelationInput,
  inputField,
  type LinkedCorrelation,
  type LinkedRuleSet,
  linkRules,
} from './link/index.ts';
export { hashRuleSet, type LoadOptions, loadRuleSet } from './load.ts';
export { openPack, packRules } from './pack.ts';
export type { RuleSet } from './ruleset.ts';
export { readRuleText } from './text.ts';
