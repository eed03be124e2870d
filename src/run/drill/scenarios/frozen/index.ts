/**
 * Frozen kinds. Whoever writes detection does not look at them, nor at what is told of them, before figures are taken for
 * the record: what was never seen cannot have been fitted to.
 */
import type { Scenario } from '../scenario.ts';
import { helpdeskResets, helpdeskResetsQuiet } from './helpdesk-resets.ts';
import { hiveSmb, hiveSmbQuiet } from './hive-smb.ts';
import { logsCleared, logsClearedQuiet } from './logs-cleared.ts';
import { packedLater, packedLaterQuiet } from './packed-later.ts';
import { plantRelay, plantRelayQuiet } from './plant-relay.ts';
import { renamedServices, renamedServicesQuiet } from './renamed-services.ts';
import { savedLogons, savedLogonsQuiet } from './saved-logons.ts';
import { scriptedReturns, scriptedReturnsQuiet } from './scripted-returns.ts';
import { smallCouncil, smallCouncilQuiet } from './small-council.ts';
import { taskRemoting, taskRemotingQuiet } from './task-remoting.ts';
import { webPickup, webPickupQuiet } from './web-pickup.ts';
import { wmiOnly, wmiOnlyQuiet } from './wmi-only.ts';

export const frozen: readonly Scenario[] = [
  wmiOnly,
  wmiOnlyQuiet,
  logsCleared,
  logsClearedQuiet,
  hiveSmb,
  hiveSmbQuiet,
  helpdeskResets,
  helpdeskResetsQuiet,
  renamedServices,
  renamedServicesQuiet,
  scriptedReturns,
  scriptedReturnsQuiet,
  packedLater,
  packedLaterQuiet,
  taskRemoting,
  taskRemotingQuiet,
  webPickup,
  webPickupQuiet,
  plantRelay,
  plantRelayQuiet,
  savedLogons,
  savedLogonsQuiet,
  smallCouncil,
  smallCouncilQuiet,
];
