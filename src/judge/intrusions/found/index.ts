/** Evidence that no rule can see, because it means something only beside other evidence, or for the first time. */
export { findCrossings, type ZoneOf } from './crossings.ts';
export { type Exposed, exposedBy, rememberThefts, type Theft } from './exposed.ts';
export { findGiven, givenBy } from './given.ts';
export { noveltiesOf, significance } from './novelty.ts';
export { findOpenings, openingsOf } from './openings.ts';
export { Organisation } from './organisation.ts';
export { findReads } from './reads.ts';
export { findResets, resetsOf } from './resets.ts';
export { findReturns, type Return } from './returns.ts';
export { teachUses } from './taught.ts';
export { type Carrying, carryingTunnels, findEntries, findTunnels } from './tunnels.ts';
export { readUses, type Uses } from './uses.ts';
