/** Indicators: STIX 2.1 bundles → typed indicators and the rules that find them. */
export { decides, LOW_CONFIDENCE } from './decides.ts';
export {
  type CompiledIndicator,
  type CompiledIndicators,
  compileIndicators,
  indicatorRules,
  type LoadedIndicators,
  loadIndicators,
} from './rules.ts';
export {
  type Indicator,
  type IndicatorRule,
  type PermittedUse,
  permittedUses,
  type Tlp,
  tlpMarkings,
} from './types.ts';
