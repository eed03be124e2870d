/** Facts read fast and kept compactly. */
export { readFact } from './plain-fact.ts';
export type { FactProgram } from './program.ts';
export { FactReader } from './reader.ts';
export {
  type BlockFile,
  FactStore,
  type FactStoreOptions,
  type KeptFacts,
  type StoredBlock,
} from './store.ts';
export { type FactKind, type FactPart, StoredFacts, type StoredFactView } from './stored.ts';
