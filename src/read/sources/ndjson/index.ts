/** Windows events as JSON, one a line or otherwise, from NXLog, Winlogbeat, Splunk, evtx_dump and others. */
export type { RawEvents } from './raw.ts';
export { ndjson } from './source.ts';
