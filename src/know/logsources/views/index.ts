/** The views of this version. A new one is a file here and a line in this table. */
import type { View } from '../view.ts';
import { defenderAntivirus } from './defender-antivirus.ts';
import { fortigateTraffic } from './fortigate-traffic.ts';
import { security4657 } from './security-4657.ts';
import { security4688 } from './security-4688.ts';
import { security5156 } from './security-5156.ts';

export { effectiveLogonId, plainLogonId } from './conversions.ts';

/** By name, as routes give it; `native` is not among them. */
export const views: ReadonlyMap<string, View> = new Map(
  [security4688, security5156, security4657, defenderAntivirus, fortigateTraffic].map(view => [
    view.name,
    view,
  ]),
);
