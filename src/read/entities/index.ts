/** Entities: who, where, from where, with what. Facts of events under one set of names, whatever the source. */

export { AccountNames, type AccountValues, accountKey, isServiceAccount } from './accounts.ts';
export { canonicalAddress, isLinkLocal, isLoopback } from './addresses.ts';
export { HostNames } from './hosts.ts';
export { type FactRow, factRows, rowOf } from './rows/index.ts';
export {
  type BlockFile,
  type FactKind,
  type FactPart,
  FactReader,
  FactStore,
  type FactStoreOptions,
  type KeptFacts,
  readFact,
  type StoredBlock,
  StoredFacts,
  type StoredFactView,
} from './store/index.ts';
export {
  type EventPlace,
  type Fact,
  type FactRole,
  type FactSource,
  type FactType,
  type FactValues,
  type FactView,
  factTypes,
} from './types.ts';
