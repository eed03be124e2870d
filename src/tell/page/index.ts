/** The findings page. */
export type * from './data.ts';
export type * from './types.ts';
