/** Visibility: what was found, what would have shown, what could not be seen, and why. */
export { mentionedHosts } from './mentioned.ts';
export type * from './types.ts';
export { blindKinds, sights } from './types.ts';
export { stateVisibility } from './visibility.ts';
