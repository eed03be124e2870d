/** Shares of a host that are opened, and the files on them. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Host } from '../world/site.ts';
import { type Fields, hex32, type Subject, security, subjectFields } from './common.ts';

/** Which share, and from where. `local` is its folder, empty for IPC$. */
type Reached = {
  readonly share: string;
  readonly local: string;
  readonly address: string;
  readonly port: string;
};

const shareFields = (of: Reached): Fields => [
  ['ObjectType', 'File'],
  ['IpAddress', of.address],
  ['IpPort', of.port],
  ['ShareName', `\\\\*\\${of.share}`],
  ['ShareLocalPath', of.local],
];

/** A share was opened, with the address that it was opened from. */
export function shareOpened(host: Host, time: number, subject: Subject, of: Reached): EvtxEvent {
  return security(
    host,
    time,
    [5140, 1, 12808],
    [
      ...subjectFields(subject),
      ...shareFields(of),
      ['AccessMask', hex32(1)],
      ['AccessList', '%%4416\r\n\t\t\t\t'],
    ],
  );
}

const accessLists = {
  read: [0x120089, ['%%1538', '%%1541', '%%4416', '%%4419', '%%4423']],
  write: [0x120196, ['%%1538', '%%1541', '%%4417', '%%4418', '%%4420', '%%4423', '%%4424']],
  both: [
    0x12019f,
    ['%%1538', '%%1541', '%%4416', '%%4417', '%%4418', '%%4419', '%%4420', '%%4423', '%%4424'],
  ],
  delete: [0x110080, ['%%1537', '%%1541', '%%4423']],
} as const;
export type Access = keyof typeof accessLists;

/** Access to a file on a share, with the address it came from. */
export function shareAccess(
  host: Host,
  time: number,
  subject: Subject,
  of: Reached & { readonly file: string; readonly access: Access },
): EvtxEvent {
  const [mask, list] = accessLists[of.access];
  return security(
    host,
    time,
    [5145, 0, 12811],
    [
      ...subjectFields(subject),
      ...shareFields(of),
      ['RelativeTargetName', of.file],
      ['AccessMask', hex32(mask)],
      ['AccessList', list.map(code => `${code}\r\n\t\t\t\t`).join('')],
      ['AccessReason', '-'],
    ],
  );
}
