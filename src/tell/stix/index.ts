/** `bundle.stix.json`: what a hunt found as a STIX 2.1 bundle. */
export { stixText } from './bundle.ts';
export type { StixInput } from './types.ts';
