/** The findings page. */
export type * from './data.ts';
export { liveScript } from './live-script.ts';
export { renderPage } from './page.ts';
export type * from './types.ts';
