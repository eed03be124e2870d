/** Reading EVTX, the format of Windows event logs. */
export { evtx } from './source.ts';
