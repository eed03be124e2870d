/** Advisory packs: folders of YAML, Sigma and STIX → typed advisories. */
export { crossCheck } from './cross.ts';
export { advisoryId, type Head } from './head.ts';
export { loadAdvisory, loadTests, type PackParts, packKey, readPack, type TestFile } from './load.ts';
export type { JsonValue, RuleTest } from './tests.ts';
export {
  type Advisory,
  type AdvisoryProblem,
  type Behaviour,
  type Chain,
  type ChainLink,
  type Exposure,
  exposures,
  type FirstStep,
  type Gravity,
  gravities,
  type Join,
  joins,
  type LoadedAdvisory,
  type Lookalike,
  type Mitigation,
  type NeededSource,
  type Stage,
  stages,
} from './types.ts';
