/** What the program keeps or says of itself; the lowest room. */
export { makeFolder } from './folders.ts';
export { oldestNode, packageVersion, shippedPath } from './version.ts';
