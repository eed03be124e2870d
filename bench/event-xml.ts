/** A log as event XML, an event a line, for the bench: what a collector that exports XML would have of it. */
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { ReadContext } from '../src/read/events/index.ts';
import { type EventSink, sourceByName } from '../src/read/sources/index.ts';
import { eventXml } from '../test/as-xml.ts';

/** Writes the events of the EVTX file `path`, but not what was salvaged of older ones, to `to`. */
export function writeEventXml(path: string, to: string): void {
  const reader = sourceByName('evtx')!.open(new ReadContext());
  const from = openSync(path, 'r');
  const out = openSync(to, 'w');
  let text = '<Events>';
  const flush = (): void => {
    writeSync(out, text);
    text = '';
  };
  const sink: EventSink = {
    event(event) {
      if (event.salvaged) return;
      text += `${eventXml(event)}\r\n`;
      if (text.length > 1 << 20) flush();
    },
    damaged() {},
    unparsed() {},
  };
  for (const _ of reader.readFile(from, 0, statSync(path).size, sink));
  text += '</Events>\r\n';
  flush();
  closeSync(out);
  closeSync(from);
}
