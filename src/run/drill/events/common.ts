/** What builders of records share: values by type, and providers under the mark of drills. */
import { DRILL_MARK } from '../../../read/events/index.ts';
import type { EvtxEvent, EvtxValue } from '../../../read/sources/index.ts';

export type Fields = readonly (readonly [name: string, value: EvtxValue])[];

export const nobody = 'S-1-0-0';
export const noGuid = '{00000000-0000-0000-0000-000000000000}';

export const sid = (value: string): EvtxValue => ({ type: 'sid', value });
export const guid = (value: string): EvtxValue => ({ type: 'guid', value });
export const u16 = (value: number): EvtxValue => ({ type: 'uint16', value });
export const u32 = (value: number): EvtxValue => ({ type: 'uint32', value });
export const i32 = (value: number): EvtxValue => ({ type: 'int32', value });
export const bool = (value: boolean): EvtxValue => ({ type: 'bool', value });
export const hex32 = (value: number): EvtxValue => ({ type: 'hex32', value });
export const hex64 = (value: number): EvtxValue => ({ type: 'hex64', value: BigInt(value) });

export function marked(name: string, guid?: string, source?: string): EvtxEvent['provider'] {
  return {
    name: `${DRILL_MARK}${name}`,
    ...(guid === undefined ? {} : { guid }),
    ...(source === undefined ? {} : { source }),
  };
}

/** A thread id that looks like one; it means nothing. */
export function threadOf(time: number): number {
  return 100 + (Math.floor(time / 7919) % 2300) * 4;
}

/** `2026-10-06 02:11:07.123`, as Sysmon writes times. */
export function utcText(time: number): string {
  return new Date(Math.floor(time / 1000)).toISOString().replace('T', ' ').replace('Z', '');
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}
