/**
 * Security 4657 (a registry value was modified) in the names of Sysmon 12 and 13. It needs a SACL on the key.
 * Key and value name are joined, because rules end in the value's name, and the numbered control set becomes
 * the current one, because Sysmon and therefore rules write it so.
 */
import type { View } from '../view.ts';
import { decimalOf } from './conversions.ts';

const roots: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\\REGISTRY\\MACHINE(?=\\|$)/i, 'HKLM'],
  [/^\\REGISTRY\\USER(?=\\|$)/i, 'HKU'],
];
const controlSet = /^(HKLM\\SYSTEM\\)ControlSet00[0-9](?=\\|$)/i;

/** The key's path as Sysmon writes it: `HKLM\System\CurrentControlSet\…`. */
function sysmonPath(key: string): string {
  for (const [pattern, name] of roots) {
    if (pattern.test(key)) return key.replace(pattern, name).replace(controlSet, '$1CurrentControlSet');
  }
  return key;
}

function targetObject([key, value]: readonly (string | undefined)[]): readonly string[] | undefined {
  if (key === undefined) return undefined;
  if (value === undefined) return [sysmonPath(key)];
  return [`${sysmonPath(key)}\\${value === '' ? '(Default)' : value}`];
}

/** REG_DWORD among the codes of value types. */
const dword = '%%1876';
const number = /^(?:0x[0-9a-f]{1,8}|[0-9]{1,10})$/i;

/** The new value; a DWORD as `DWORD (0x00000004)`, others as they are. */
function details([value, type]: readonly (string | undefined)[]): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (type !== dword || !number.test(value)) return [value];
  return [`DWORD (0x${Number(value).toString(16).padStart(8, '0')})`];
}

const eventTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['%%1904', ['SetValue']],
  ['%%1905', ['SetValue']],
  ['%%1906', ['DeleteValue']],
]);

export const security4657: View = {
  name: 'security-4657',
  label: 'Security 4657',
  fields: new Map([
    ['TargetObject', { kind: 'derived', from: ['ObjectName', 'ObjectValueName'], derive: targetObject }],
    ['Details', { kind: 'derived', from: ['NewValue', 'NewValueType'], derive: details }],
    ['Image', { kind: 'rename', from: 'ProcessName' }],
    ['ProcessId', { kind: 'derived', from: ['ProcessId'], derive: ([id]) => decimalOf(id) }],
    [
      'EventType',
      {
        kind: 'derived',
        from: ['OperationType'],
        derive: ([code]) => (code === undefined ? undefined : eventTypes.get(code)),
      },
    ],
  ]),
  absent: new Set(['RuleName', 'UtcTime', 'ProcessGuid', 'NewName']),
};
