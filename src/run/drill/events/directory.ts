/** What replication reads of the directory. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Host } from '../world/site.ts';
import { hex32, hex64, type Subject, security, subjectFields } from './common.ts';

const changes = '{1131f6aa-9c07-11d1-f79f-00c04fc2dcd2}';
const allChanges = '{1131f6ad-9c07-11d1-f79f-00c04fc2dcd2}';

/** 4662: an object of the directory was used; directory replication is two of its rights. */
export function directoryReplicated(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  right: string = changes,
): EvtxEvent {
  return security(
    host,
    time,
    [4662, 0, 14080],
    [
      ...subjectFields(subject),
      ['ObjectServer', 'DS'],
      ['ObjectType', '%{19195a5b-6da0-11d0-afd3-00c04fd930c9}'],
      ['ObjectName', '%{c6faf700-bfe4-452a-a766-424f84c29583}'],
      ['OperationType', 'Object Access'],
      ['HandleId', hex64(0)],
      ['AccessList', '%%7688\r\n\t\t\t\t'],
      ['AccessMask', hex32(0x100)],
      ['Properties', `%%7688\r\n\t\t${right}\r\n\t{19195a5b-6da0-11d0-afd3-00c04fd930c9}\r\n`],
      ['AdditionalInfo', '-'],
      ['AdditionalInfo2', ''],
    ],
    { processId: lsass },
  );
}

/** 4662 of a replication that asks for secrets too: twice for changes, once for all of them, as directory services do. */
export function secretsReplicated(host: Host, time: number, lsass: number, subject: Subject): EvtxEvent[] {
  return [changes, changes, allChanges].map((right, i) =>
    directoryReplicated(host, time + i * 900, lsass, subject, right),
  );
}
