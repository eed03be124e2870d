/** Log settings: what has to be switched on so that an event is written. */
export type * from './types.ts';
export { settingKinds } from './types.ts';
