/** Nobody collects the log of the device that ends the tunnels. */
import type { Blinding } from './types.ts';

/** As a pack calls it. */
export const edgeChannel = 'fortigate';

export const edgeLost: Blinding = {
  name: 'edge-lost',
  blind: ({ from, to }) => ({
    host: null,
    said: 'the log of the edge device is missing',
    isEdgeLost: true,
    hides: [
      {
        kind: 'no-source',
        host: null,
        channel: edgeChannel,
        eventIds: null,
        field: null,
        from,
        to,
        partial: [],
      },
    ],
  }),
};
