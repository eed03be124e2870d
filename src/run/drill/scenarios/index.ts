/** The kinds of drills. A new one is a file and a line here. */
import { crossingOt, crossingOtQuiet } from './crossing-ot.ts';
import { edgeDevice, edgeDeviceQuiet } from './edge-device.ts';
import { evasive, evasiveQuiet } from './evasive.ts';
import { frozen } from './frozen/index.ts';
import { fullChain, fullChainQuiet } from './full-chain.ts';
import { helpdeskResets, helpdeskResetsQuiet } from './helpdesk-resets.ts';
import { longDwell, longDwellQuiet } from './long-dwell.ts';
import { lsassShares, lsassSharesQuiet } from './lsass-shares.ts';
import { packedLater, packedLaterQuiet } from './packed-later.ts';
import { plantRelay, plantRelayQuiet } from './plant-relay.ts';
import { proxySearches, proxySearchesQuiet } from './proxy-searches.ts';
import { renamedServices, renamedServicesQuiet } from './renamed-services.ts';
import { savedLogons, savedLogonsQuiet } from './saved-logons.ts';
import type { Scenario } from './scenario.ts';
import { scriptedReturns, scriptedReturnsQuiet } from './scripted-returns.ts';
import { secondComer, secondComerQuiet } from './second-comer.ts';
import { securityOnly, securityOnlyQuiet } from './security-only.ts';
import { slowHands, slowHandsQuiet } from './slow-hands.ts';
import { twoIntrusions, twoIntrusionsQuiet } from './two-intrusions.ts';
import { vpnEntry, vpnEntryQuiet } from './vpn-entry.ts';
import { webPickup, webPickupQuiet } from './web-pickup.ts';

export type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  fullChain,
  fullChainQuiet,
  securityOnly,
  securityOnlyQuiet,
  twoIntrusions,
  twoIntrusionsQuiet,
  evasive,
  evasiveQuiet,
  vpnEntry,
  vpnEntryQuiet,
  crossingOt,
  crossingOtQuiet,
  lsassShares,
  lsassSharesQuiet,
  longDwell,
  longDwellQuiet,
  slowHands,
  slowHandsQuiet,
  proxySearches,
  proxySearchesQuiet,
  edgeDevice,
  edgeDeviceQuiet,
  secondComer,
  secondComerQuiet,
  helpdeskResets,
  helpdeskResetsQuiet,
  packedLater,
  packedLaterQuiet,
  plantRelay,
  plantRelayQuiet,
  renamedServices,
  renamedServicesQuiet,
  savedLogons,
  savedLogonsQuiet,
  scriptedReturns,
  scriptedReturnsQuiet,
  webPickup,
  webPickupQuiet,
  ...frozen,
];

export function scenarioByName(name: string): Scenario | undefined {
  return scenarios.find(scenario => scenario.name === name);
}
