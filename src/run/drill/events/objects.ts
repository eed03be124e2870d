/** Audited files, keys and processes that are used. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Host } from '../world/site.ts';
import { hex32, hex64, type Subject, security, subjectFields } from './common.ts';

/** 4663: an audited object was used. `key` objects are registry keys. */
export function objectUsed(
  host: Host,
  time: number,
  subject: Subject,
  of: {
    readonly type: 'File' | 'Key' | 'Process';
    readonly name: string;
    readonly access: 'read' | 'write' | 'memory';
    readonly pid: number;
    readonly image: string;
  },
): EvtxEvent {
  const [code, mask] =
    of.access === 'memory'
      ? ['%%4484', 0x10]
      : of.type === 'Key'
        ? ['%%4432', 1]
        : of.access === 'read'
          ? ['%%4416', 1]
          : ['%%4417', 2];
  return security(
    host,
    time,
    [4663, 1, of.type === 'Key' ? 12801 : of.type === 'Process' ? 12802 : 12800],
    [
      ...subjectFields(subject),
      ['ObjectServer', 'Security'],
      ['ObjectType', of.type],
      ['ObjectName', of.name],
      ['HandleId', hex64(0x1a0 + (Math.floor(time / 4096) % 400) * 4)],
      ['AccessList', `${code}\r\n\t\t\t\t`],
      ['AccessMask', hex32(mask as number)],
      ['ProcessId', hex64(of.pid)],
      ['ProcessName', of.image],
      ['ResourceAttributes', of.type === 'File' ? 'S:AI' : '-'],
    ],
  );
}
