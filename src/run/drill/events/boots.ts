/** Restarts of Windows as the System and Security logs show them. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Host } from '../world/site.ts';
import { marked, security, threadOf, u16, u32 } from './common.ts';

function kernel(
  host: Host,
  time: number,
  eventId: number,
  task: number,
  fields: EvtxEvent['data'],
): EvtxEvent {
  return {
    provider: marked('Microsoft-Windows-Kernel-General', '{A68CA8B7-004F-D7B6-A698-07E2DE0F1F5D}'),
    eventId,
    version: 0,
    level: 4,
    task,
    keywords: 0x8000000000000080n,
    time,
    processId: 4,
    threadId: 8,
    channel: 'System',
    computer: host.fqdn,
    data: fields,
  };
}

function eventLogService(host: Host, time: number, eventId: 6005 | 6006): EvtxEvent {
  return {
    provider: marked('EventLog'),
    eventId,
    qualifiers: 32768,
    level: 4,
    task: 0,
    keywords: 0x80000000000000n,
    time,
    channel: 'System',
    computer: host.fqdn,
    data: { kind: 'unnamed', values: [], binary: Buffer.alloc(8, 1) },
  };
}

/** A restart as the System log shows it, down at `time` and up a minute or two later. */
export function restarted(host: Host, time: number, up: number, who: string, why: string): EvtxEvent[] {
  const [major, minor, build] = host.build.split('.').map(Number) as [number, number, number];
  return [
    {
      provider: marked('User32', '{B0AA8734-56F7-41CC-B2F4-DE228E98B946}', 'User32'),
      eventId: 1074,
      qualifiers: 32768,
      version: 0,
      level: 4,
      keywords: 0x8080000000000000n,
      time: time - 9_000_000,
      processId: 620,
      threadId: threadOf(time),
      channel: 'System',
      computer: host.fqdn,
      userId: 'S-1-5-18',
      data: {
        kind: 'named',
        fields: [
          ['param1', `C:\\Windows\\system32\\svchost.exe (${host.name})`],
          ['param2', host.name],
          ['param3', why],
          ['param4', '0x80020010'],
          ['param5', 'restart'],
          ['param6', ''],
          ['param7', who],
        ],
      },
    },
    eventLogService(host, time - 2_000_000, 6006),
    kernel(host, time, 13, 2, {
      kind: 'named',
      fields: [['StopTime', { type: 'filetime', value: time }]],
    }),
    kernel(host, up, 12, 1, {
      kind: 'named',
      fields: [
        ['MajorVersion', u32(major)],
        ['MinorVersion', u32(minor)],
        ['BuildVersion', u32(build)],
        ['QfeVersion', u32(4894)],
        ['ServiceVersion', u32(0)],
        ['BootMode', u16(0)],
        ['StartTime', { type: 'filetime', value: up - 500_000 }],
      ],
    }),
    eventLogService(host, up + 16_000_000, 6005),
  ];
}

/** 4608: Windows started. */
export function started(host: Host, time: number, lsass: number): EvtxEvent {
  return {
    ...security(host, time, [4608, 0, 12288], [], { processId: lsass }),
    data: { kind: 'none' },
  };
}
