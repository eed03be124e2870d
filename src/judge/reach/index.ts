/** Did it reach the plant? */
export { firstAtPlant, ONLY_IT, sparePlant, warnOfPlant } from './advice.ts';
export { stateReach } from './reach.ts';
export { inferRoles, plantAmong } from './roles.ts';
export type * from './types.ts';
export { reachStates } from './types.ts';
