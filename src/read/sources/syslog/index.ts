/** What devices at the edge of a network write over syslog: of FortiGate, lines of key=value pairs. */
export { fortigate } from './source.ts';
