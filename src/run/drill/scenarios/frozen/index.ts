/**
 * Frozen kinds. Whoever writes detection does not look at them, nor at what is told of them, before figures are taken for
 * the record: what was never seen cannot have been fitted to.
 */
import type { Scenario } from '../scenario.ts';
import { hiveSmb, hiveSmbQuiet } from './hive-smb.ts';
import { logsCleared, logsClearedQuiet } from './logs-cleared.ts';
import { smallCouncil, smallCouncilQuiet } from './small-council.ts';
import { taskRemoting, taskRemotingQuiet } from './task-remoting.ts';
import { wmiOnly, wmiOnlyQuiet } from './wmi-only.ts';

export const frozen: readonly Scenario[] = [
  wmiOnly,
  wmiOnlyQuiet,
  logsCleared,
  logsClearedQuiet,
  hiveSmb,
  hiveSmbQuiet,
  taskRemoting,
  taskRemotingQuiet,
  smallCouncil,
  smallCouncilQuiet,
];
