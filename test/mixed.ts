/**
 * The sample as logs come in when several hands have gathered them: one host's as EVTX and exported XML, another's as
 * Winlogbeat shipped it, a third's as flat JSON in an archive, the collector's as XML in UTF-16.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipOf } from './archives.ts';
import { eventXml } from './as-xml.ts';
import { flat, line, windowsEvent, winlogbeat } from './conversions.ts';
import { eachEvent, filesBelow } from './logs.ts';

const logs = fileURLToPath(new URL('../samples/logs', import.meta.url));

/** Files of the folder that `writeMixedLogs` makes. */
export const mixedFiles = {
  evtx: 'DC1/Security.evtx',
  xml: ['DC1/Application.xml', 'DC1/System.xml'],
  utf16: 'WEC1.xml',
  winlogbeat: 'winlogbeat-JUMP1.ndjson',
  zip: 'FS1.zip',
  member: 'Security.json',
} as const;

/** Writes the sample's logs into `folder`, which is made. */
export function writeMixedLogs(folder: string): void {
  mkdirSync(join(folder, 'DC1'), { recursive: true });
  const write = (name: string, content: string | Uint8Array): void =>
    writeFileSync(join(folder, name), content);
  copyFileSync(join(logs, mixedFiles.evtx), join(folder, mixedFiles.evtx));
  for (const name of mixedFiles.xml) write(name, xmlOf(name.replace('.xml', '.evtx')));
  write(mixedFiles.utf16, Buffer.from(`\ufeff${xmlOf('WEC1/ForwardedEvents.evtx')}`, 'utf16le'));
  const jump: string[] = [];
  eachEvent(filesBelow(join(logs, 'JUMP1'), '.evtx'), event => {
    jump.push(line(winlogbeat(windowsEvent(event))));
  });
  write(mixedFiles.winlogbeat, jump.join(''));
  const files: string[] = [];
  eachEvent([join(logs, 'FS1/Security.evtx')], event => void files.push(line(flat(windowsEvent(event)))));
  write(mixedFiles.zip, zipOf(mixedFiles.member, Buffer.from(files.join(''))));
}

/** A log of the sample as `wevtutil qe /f:xml /e:Events` prints it. */
function xmlOf(name: string): string {
  const events: string[] = [];
  eachEvent([join(logs, name)], event => void events.push(eventXml(event)));
  return `<?xml version="1.0" standalone="yes"?>\r\n<Events>\r\n${events.join('\r\n')}\r\n</Events>\r\n`;
}
