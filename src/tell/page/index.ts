/** The findings page. */
export type * from './data.ts';
export { renderPage } from './page.ts';
export type * from './types.ts';
