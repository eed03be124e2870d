/** Inputs: from paths to open streams of bytes. `discover` says what there is, `openInput` opens it. */
export { ArchiveError } from './archive-error.ts';
export { type DiscoverOptions, discover } from './discover.ts';
export { HashingStream, hashFile } from './hash.ts';
export type {
  ArchiveLimits,
  ContentKind,
  Discovery,
  Input,
  Note,
  Step,
  Unread,
  UnreadReason,
} from './input.ts';
export { defaultLimits } from './limits.ts';
export { type Members, membersOf } from './members.ts';
export { type FileName, fileNameOf } from './names.ts';
export { inputFile, type OpenInput, openInput } from './open.ts';
export { ArchiveStore } from './store.ts';
export { type Fault, faultOf, formatBytes } from './words.ts';
