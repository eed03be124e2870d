/** Site knowledge: roles, zones and approvals. */
export { type Approval, knownRoles, type Site, type Zone, zones } from './types.ts';
