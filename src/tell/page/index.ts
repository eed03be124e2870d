/** The findings page. */
export type * from './types.ts';
