/** Coverage: of which host which log was there on which day. */
export type * from './types.ts';
