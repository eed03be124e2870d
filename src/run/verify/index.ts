/** Verification: `verify(options, io, cwd)` compares what is there now with the record of a hunt. */
export { type VerifyOptions, verify } from './verify.ts';
