/** What the program keeps or says of itself; the lowest room. */
export { packageVersion } from './version.ts';
