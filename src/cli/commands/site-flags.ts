/** Flags with which an operator says what he knows of his own site. Files are named here and never found in hunted folders. */
import type { Flag } from './command.ts';
import { memoryKey } from './flags.ts';

export const siteFlags: readonly Flag[] = [
  {
    name: 'site',
    argument: 'FILE',
    help: 'roles, zones and approvals of this site (huntaway.yml): approved evidence is lowered and listed, never hidden',
    group: 'Site',
  },
  {
    name: 'accounts',
    argument: 'CSV',
    help: 'accounts with the date of their last password change, to tell which are still exposed',
    group: 'Site',
  },
  {
    name: 'memory',
    argument: 'FILE',
    help: 'remember exposed accounts and how accounts are used from hunt to hunt in FILE, made where it is absent',
    default: 'nothing is read or kept',
    group: 'Site',
  },
  { ...memoryKey, group: 'Site' },
];
