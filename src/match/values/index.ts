/** What each test of a plan means for one text value. */
export { type Address, compileCidr, inNetwork, type Network, parseAddress, parseNetwork } from './cidr.ts';
export { compares, parseDecimal } from './compare.ts';
export { type Exact, exactOf, inUnits, nearestDouble, parseExact } from './exact.ts';
export { refersTo } from './fieldref.ts';
export { compileNode, compileRegex, literalsOf, type TextMatcher } from './regex/index.ts';
export { type TimePart, timePart } from './timeparts.ts';
