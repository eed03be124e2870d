/**
 * Sysmon: an agent of Microsoft's that has to be installed, and the element of its configuration that writes each event.
 * Process starts come with any configuration; all else has to be asked for. `include` writes what it names and nothing
 * else, `exclude` all but what it names. That an event is there shows that its element is there, not that it names what a
 * behaviour needs. Elements go below `<EventFiltering>` of one `sysmon.xml`; the first row installs it, the others load it
 * anew.
 */
import { sysmon } from '../logsources/index.ts';
import type { LogSetting } from './types.ts';

type Row = Pick<LogSetting, 'id' | 'title' | 'eventIds' | 'rhythm' | 'cost'> & {
  readonly configuration: string;
};

export const sysmonElements: readonly LogSetting[] = rows([
  {
    id: 'sysmon-process-creation',
    title: 'Sysmon, process starts',
    eventIds: [1, 5],
    rhythm: 'daily',
    configuration: '<ProcessCreate onmatch="exclude"/>',
    // An agent, but one element, and what it writes is what most rules ask for.
    cost: 4,
  },
  {
    id: 'sysmon-network',
    title: 'Sysmon, network connections',
    eventIds: [3],
    rhythm: 'rare',
    configuration: '<NetworkConnect onmatch="exclude"/>',
    // Each connection of the host.
    cost: 5,
  },
  {
    id: 'sysmon-image-load',
    title: 'Sysmon, libraries that can dump memory',
    eventIds: [7],
    rhythm: 'rare',
    configuration: include('ImageLoad', 'ImageLoaded', 'end with', [
      '\\comsvcs.dll',
      '\\dbgcore.dll',
      '\\dbghelp.dll',
    ]),
    cost: 4,
  },
  {
    id: 'sysmon-raw-read',
    title: 'Sysmon, reads of a disk past the file system',
    eventIds: [9],
    rhythm: 'rare',
    configuration: '<RawAccessRead onmatch="exclude"/>',
    cost: 4,
  },
  {
    id: 'sysmon-process-access',
    title: 'Sysmon, who opened LSASS',
    eventIds: [10],
    rhythm: 'rare',
    configuration: include('ProcessAccess', 'TargetImage', 'end with', ['\\lsass.exe']),
    cost: 4,
  },
  {
    id: 'sysmon-file-creation',
    title: 'Sysmon, files of stolen data, archives, tools and web roots',
    eventIds: [11],
    rhythm: 'rare',
    configuration: include('FileCreate', 'TargetFilename', 'contains', [
      '.dit',
      '.jfm',
      '.dmp',
      '.hiv',
      '\\registry\\',
      '.7z',
      '.zip',
      '.rar',
      '.cab',
      '\\Windows\\Temp\\',
      '\\Users\\Public\\',
      '\\AppData\\Local\\Temp\\',
      '\\ProgramData\\',
      '\\inetpub\\',
      '\\webapps\\',
      '.exe',
      '.dll',
      '.log',
    ]),
    cost: 4,
  },
  {
    id: 'sysmon-registry',
    title: 'Sysmon, port proxies and services in the registry',
    eventIds: [12, 13, 14],
    rhythm: 'rare',
    configuration: include('RegistryEvent', 'TargetObject', 'contains', ['\\Services\\PortProxy']),
    cost: 4,
  },
  {
    id: 'sysmon-pipes',
    title: 'Sysmon, named pipes',
    eventIds: [17, 18],
    rhythm: 'rare',
    configuration: '<PipeEvent onmatch="exclude"/>',
    cost: 5,
  },
  {
    id: 'sysmon-dns',
    title: 'Sysmon, names asked for',
    eventIds: [22],
    rhythm: 'daily',
    configuration: '<DnsQuery onmatch="exclude"/>',
    cost: 5,
  },
  {
    // FileDelete (23) would keep the deleted files too, on the disk of the host; it is covered by the cheaper element.
    id: 'sysmon-file-deletion',
    title: 'Sysmon, files deleted',
    eventIds: [23, 26],
    rhythm: 'rare',
    configuration: include('FileDeleteDetected', 'TargetFilename', 'contains', [
      '.dit',
      '.dmp',
      '.hiv',
      '.7z',
      '.zip',
      '.rar',
      '.evtx',
      '\\Windows\\Temp\\',
      '\\Users\\Public\\',
    ]),
    cost: 4,
  },
]);

function include(element: string, field: string, condition: string, values: readonly string[]): string {
  const tests = values.map(value => `<${field} condition="${condition}">${value}</${field}>`);
  return `<${element} onmatch="include">${tests.join('')}</${element}>`;
}

function rows(table: readonly Row[]): readonly LogSetting[] {
  return table.map(row => ({
    ...row,
    kind: 'sysmon',
    channel: sysmon,
    field: null,
    byDefault: 'off',
    command: row.eventIds.includes(1) ? 'sysmon64 -accepteula -i sysmon.xml' : 'sysmon64 -c sysmon.xml',
    source: 'https://learn.microsoft.com/en-us/sysinternals/downloads/sysmon',
  }));
}
