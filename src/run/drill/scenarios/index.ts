/** The kinds of drills. A new one is a file and a line here. */
import { crossingOt, crossingOtQuiet } from './crossing-ot.ts';
import { edgeDevice, edgeDeviceQuiet } from './edge-device.ts';
import { evasive, evasiveQuiet } from './evasive.ts';
import { frozen } from './frozen/index.ts';
import { fullChain, fullChainQuiet } from './full-chain.ts';
import { longDwell, longDwellQuiet } from './long-dwell.ts';
import { lsassShares, lsassSharesQuiet } from './lsass-shares.ts';
import { proxySearches, proxySearchesQuiet } from './proxy-searches.ts';
import type { Scenario } from './scenario.ts';
import { secondComer, secondComerQuiet } from './second-comer.ts';
import { securityOnly, securityOnlyQuiet } from './security-only.ts';
import { slowHands, slowHandsQuiet } from './slow-hands.ts';
import { twoIntrusions, twoIntrusionsQuiet } from './two-intrusions.ts';
import { vpnEntry, vpnEntryQuiet } from './vpn-entry.ts';

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
  ...frozen,
];

export function scenarioByName(name: string): Scenario | undefined {
  return scenarios.find(scenario => scenario.name === name);
}
