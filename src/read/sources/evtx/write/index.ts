/** The EVTX writer. See `evtx-writer.ts` for what it writes, `options.ts` for the oddities it can imitate. */
export type {
  ArrayValue,
  EventData,
  EvtxEvent,
  EvtxValue,
  JoinedValue,
  ScalarValue,
  UserElement,
  ValuePart,
} from './event.ts';
export { EvtxWriter, writeEvtx } from './evtx-writer.ts';
export type { EvtxOptions } from './options.ts';
