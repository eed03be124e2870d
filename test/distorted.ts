/**
 * A drill's logs as JSON lines, to be spoilt in the ways that real exports are: clocks that are wrong, fields that a shipper
 * dropped, files that were cut, hosts that changed their names.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin } from './program.ts';

/** One event as Winlogbeat ships it, as far as tests spoil it. */
export type Shipped = {
  '@timestamp'?: string;
  event: { created?: string };
  host: { name: string };
  winlog: {
    channel: string;
    computer_name: string;
    event_id: string;
    record_id?: number;
    event_data?: Record<string, string>;
  };
};

/** By path: its lines. */
export type Logs = ReadonlyMap<string, readonly string[]>;

/** Makes a drill of 16 days in the new folder `into`; returns where its logs are. */
export function drillLogs(kind: string, format: 'ndjson' | 'evtx', into: string): string {
  const flags = ['--seed', '1', '--days', '16', '--format', format, '--out', into, '--quiet'];
  execFileSync(process.execPath, [bin, 'drill', kind, ...flags]);
  return join(into, 'logs');
}

export function readLogs(folder: string): Logs {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = files.filter(file => /\.(ndjson|log)$/.test(file)).sort();
  return new Map(texts.map(file => [file, readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')]));
}

/** `change` spoils a record in place; null leaves it out. */
export function eachRecord(logs: Logs, change: (record: Shipped, file: string) => Shipped | null): Logs {
  return new Map(
    [...logs].map(([file, lines]) => [
      file,
      file.endsWith('.log')
        ? lines
        : lines.flatMap(line => {
            const changed = change(JSON.parse(line), file);
            return changed === null ? [] : [JSON.stringify(changed)];
          }),
    ]),
  );
}

/** As if the host's clock had been wrong by `ms` all the time. */
export function shifted(record: Shipped, ms: number): Shipped {
  const moved = (time: string): string => new Date(Date.parse(time) + ms).toISOString();
  const { event_data: data } = record.winlog;
  if (data?.['UtcTime'] !== undefined) {
    data['UtcTime'] = moved(`${data['UtcTime'].replace(' ', 'T')}Z`)
      .replace('T', ' ')
      .replace('Z', '');
  }
  return {
    ...record,
    '@timestamp': moved(record['@timestamp']!),
    event: { ...record.event, created: moved(record.event.created!) },
  };
}

export const isOn = (record: Shipped, host: string): boolean =>
  record.winlog.computer_name.toLowerCase().startsWith(`${host.toLowerCase()}.`);
