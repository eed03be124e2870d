/** The sources there are. A new one is a folder and one line here. */
import { evtx } from './evtx/read/index.ts';
import { ndjson } from './ndjson/index.ts';
import type { Source } from './source.ts';
import { fortigate } from './syslog/index.ts';
import { xml } from './xml/index.ts';

/** Writing EVTX, for drills. */
export { type EvtxEvent, type EvtxValue, type UserElement, writeEvtx } from './evtx/write/index.ts';
export type { Damage, EventSink, Source, SourceReader, Unparsed } from './source.ts';

export const sources: readonly Source[] = [evtx, ndjson, xml, fortigate];

/** The source of content that begins with `head` (up to 4 KiB), undefined where none knows it. */
export function sourceOf(head: Uint8Array): Source | undefined {
  return sources.find(source => source.recognises(head));
}

export function sourceByName(name: string): Source | undefined {
  return sources.find(source => source.name === name);
}
