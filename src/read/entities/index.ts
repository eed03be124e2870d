/** Entities: who, where, from where, with what. Facts of events under one set of names, whatever the source. */
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
