/** Detections of Microsoft Defender in the names of the `antivirus` category, as SigmaHQ's `tests/thor.yml` maps them. */
import type { View } from '../view.ts';

export const defenderAntivirus: View = {
  name: 'defender-antivirus',
  label: 'Windows Defender',
  fields: new Map([
    ['Signature', { kind: 'rename', from: 'ThreatName' }],
    ['Filename', { kind: 'rename', from: 'Path' }],
  ]),
  absent: new Set(),
};
