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
  {
    name: 'cases',
    argument: 'FILE',
    help: "what people decided on intrusions ('huntaway case'): shown with them, and open again on new evidence",
    default: 'cases.jsonl of --out or --compare, where it is there',
    group: 'Site',
  },
  {
    name: 'site-timezone',
    argument: 'ZONE',
    help: 'zone in which report.html says times beside UTC: a name such as Pacific/Auckland',
    default: 'UTC alone',
    group: 'Site',
  },
];
