/** Traffic through a FortiGate in the names of the `firewall` category; what it calls the same, as `action`, stays. */
import type { View } from '../view.ts';

export const fortigateTraffic: View = {
  name: 'fortigate-traffic',
  label: 'FortiGate traffic',
  fields: new Map([
    ['src_ip', { kind: 'rename', from: 'srcip' }],
    ['src_port', { kind: 'rename', from: 'srcport' }],
    ['dst_ip', { kind: 'rename', from: 'dstip' }],
    ['dst_port', { kind: 'rename', from: 'dstport' }],
  ]),
  absent: new Set(['blocked']),
};
