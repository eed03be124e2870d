/** Starts of a host: logon ids and process ids begin anew. Which hosts and when is all that is asked. */
import { type FactRow, SECURITY, SYSTEM } from './row.ts';

export const boots: readonly FactRow[] = [
  { channel: SECURITY, eventIds: [4608], type: 'boot', roles: {} },
  {
    channel: SYSTEM,
    providers: ['Microsoft-Windows-Kernel-General'],
    eventIds: [12],
    type: 'boot',
    roles: {},
  },
  {
    channel: SYSTEM,
    providers: ['EventLog', 'Microsoft-Windows-Eventlog'],
    eventIds: [6005],
    type: 'boot',
    roles: {},
  },
];
