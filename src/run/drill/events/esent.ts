/** Messages of the database engine (ESENT); the directory, the search index and the certificate store are databases. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Host } from '../world/site.ts';
import { marked, wholeSecond } from './common.ts';

/** A message of the database engine (ESENT); it knows the process, not the user. */
function engine(
  host: Host,
  time: number,
  eventId: number,
  task: number,
  values: readonly string[],
): EvtxEvent {
  return {
    provider: marked('ESENT'),
    eventId,
    qualifiers: 0,
    level: 4,
    task,
    keywords: 0x80000000000000n,
    time: wholeSecond(time),
    channel: 'Application',
    computer: host.fqdn,
    data: { kind: 'unnamed', values },
  };
}

const timings = (count: number): string =>
  Array.from({ length: count }, (_, i) => `[${i + 1}] 0.000`).join(', ');

/** 326: a database was attached. */
function attached(host: Host, time: number, instance: string, process: string, path: string): EvtxEvent {
  return engine(host, time, 326, 1, [instance, process, '', '1', path, '0', `${timings(12)}.`, '1 0']);
}

const liveDirectory = 'C:\\Windows\\NTDS\\ntds.dit';

/** One message of the engine about a database: met in a shadow copy, attached, created, detached. */
export const directoryEngine = {
  inShadow(host: Host, time: number, pid: number, shadow: string): EvtxEvent {
    return engine(host, time, 216, 3, ['NTDS', `${pid},D,50`, '', liveDirectory, shadow]);
  },
  attached(host: Host, time: number, pid: number, path: string): EvtxEvent {
    return attached(host, time, 'NTDS', `${pid},D,100`, path);
  },
  created(host: Host, time: number, pid: number, path: string): EvtxEvent {
    return engine(host, time, 325, 1, ['NTDS', `${pid},D,100`, '', '2', path, '0', `${timings(11)}.`]);
  },
  detached(host: Host, time: number, pid: number, path: string, number: number): EvtxEvent {
    return engine(host, time, 327, 1, [
      'NTDS',
      `${pid},D,100`,
      '',
      String(number),
      path,
      '0',
      `${timings(12)}.`,
      '0 0',
    ]);
  },
} as const;

/** The engine at everyday work: the search index and the certificate store are databases too. */
export function engineStarted(
  host: Host,
  time: number,
  pid: number,
  instance: string,
  path: string,
): EvtxEvent {
  return attached(host, time, instance, `${pid},D,50`, path);
}
