/** Elastic Common Schema: what an event says of users, processes and addresses. */
export { entities, mappingOf } from './entities.ts';
export { eventData } from './event-data.ts';
