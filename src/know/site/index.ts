/** Site knowledge: roles, zones and approvals. */
export { type Approvable, approvalFor } from './approvals.ts';
export { isService, isVendor, matchesHost, rolesOf, zoneOf } from './lookups.ts';
export { type ParsedSite, parseSite } from './parse.ts';
export { isPlant, namedJumps, namedPlant, namesPlant, namesZone, plantRoles } from './plant.ts';
export { type Approval, knownRoles, type Site, type Zone, zones } from './types.ts';
