/** The language of regular expressions in rules: read once into a tree, of which everything else is made. */
export { type CharSet, complement, overlaps } from './charset.ts';
export { type Clause, requiredLiterals } from './literals.ts';
export { type Assertion, isNullable, RegexError, type RegexNode, shortestMatch, sizeOf } from './node.ts';
export { maxSize, parseRegex } from './parse.ts';
export { trimForSearch } from './trim.ts';
