/** Small words of messages: sizes, and what an error of the operating system means to a person. */
import { ArchiveError } from './archive-error.ts';
import type { UnreadReason } from './input.ts';

/** `4 bytes`, `12.3 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = bytes;
  let unit = -1;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number(value.toFixed(1))} ${units[unit]}`;
}

/** `1 member`, `3 members`. */
export function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}

export type Fault = { readonly reason: UnreadReason; readonly message: string };

const faults: Record<string, Fault> = {
  ENOENT: { reason: 'missing', message: 'no such file or folder' },
  ENOTDIR: { reason: 'missing', message: 'no such file or folder (a part of the path is a file)' },
  ERR_INVALID_ARG_VALUE: { reason: 'missing', message: 'no such file or folder (its name holds a NUL)' },
  EACCES: { reason: 'unreadable', message: 'permission denied; run as somebody who may read it' },
  EPERM: { reason: 'unreadable', message: 'not permitted; run as somebody who may read it' },
  EBUSY: {
    reason: 'unreadable',
    message: 'in use by another program; export or copy the log and give the copy',
  },
  ELOOP: { reason: 'unreadable', message: 'links that lead in a circle' },
  ENAMETOOLONG: { reason: 'unreadable', message: 'the path is longer than this system can open' },
  EIO: {
    reason: 'unreadable',
    message: 'the device reports a read error; make an image of it and give a copy',
  },
  EMFILE: { reason: 'unreadable', message: 'too many open files' },
  ENFILE: { reason: 'unreadable', message: 'too many open files' },
  ENXIO: { reason: 'special-file', message: 'a device or socket that cannot be opened' },
};

/** The code of an error of the operating system (`ENOENT`), empty for any other. */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** What an error means for the path it was met at. */
export function faultOf(error: unknown): Fault {
  if (error instanceof ArchiveError) return { reason: error.code, message: error.message };
  const code = errorCode(error);
  const known = faults[code];
  if (known !== undefined) return known;
  return { reason: 'unreadable', message: `cannot be read (${code || String(error)})` };
}
