/** Terms: what `--look-for` is given, typed, and the rules that find what may hold it. */
export { IN_LOGON, LOGON_RULE, TOUCHES, termRule } from './compile.ts';
export { isInWindows, literalsOf } from './literals.ts';
export { type ParsedTerm, parseTerm } from './parse.ts';
export {
  type AccountName,
  type AccountTerm,
  type AddressTerm,
  accountText,
  type HashTerm,
  type LogonTerm,
  logonTerms,
  type PathTerm,
  type Session,
  type Sought,
  type Term,
  type TermKind,
  termKinds,
} from './types.ts';
