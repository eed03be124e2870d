/** Registry keys as STIX names them (`HKEY_LOCAL_MACHINE\…`), in the forms that events and commands have. */
import { ANY, type TextPattern } from '../../sigma/index.ts';

type Hive = {
  readonly names: readonly string[];
  /** Of Sysmon and of Windows' own events; `*` stands for one step, a SID or a number. */
  readonly events: readonly string[];
};

const hives: readonly Hive[] = [
  { names: ['HKEY_LOCAL_MACHINE', 'HKLM'], events: ['HKLM', '\\REGISTRY\\MACHINE'] },
  { names: ['HKEY_USERS', 'HKU'], events: ['HKU', '\\REGISTRY\\USER'] },
  { names: ['HKEY_CURRENT_USER', 'HKCU'], events: ['HKU\\*', '\\REGISTRY\\USER\\*'] },
  {
    names: ['HKEY_CLASSES_ROOT', 'HKCR'],
    events: ['HKCR', 'HKLM\\SOFTWARE\\Classes', '\\REGISTRY\\MACHINE\\SOFTWARE\\Classes'],
  },
];

/** What the key is called, each as parts of a pattern; itself where it begins with no hive. */
export function keyForms(parts: TextPattern): TextPattern[] {
  const [first, ...rest] = parts;
  if (typeof first !== 'string') return [parts];
  const trimmed = rest.length === 0 ? first.replace(/\\+$/, '') : first;
  const step = trimmed.indexOf('\\');
  const name = (step < 0 ? trimmed : trimmed.slice(0, step)).toUpperCase();
  const hive = hives.find(({ names }) => names.includes(name));
  if (hive === undefined) return [[trimmed, ...rest]];
  const below = step < 0 ? '' : trimmed.slice(step);
  // Events name the control set that is in use by its number; Sysmon calls it the current one.
  const belows = /^\\system\\currentcontrolset(?=\\|$)/i.test(below)
    ? [below, below.replace(/currentcontrolset/i, 'ControlSet00*')]
    : [below];
  const starts = [...hive.names, ...hive.events];
  return starts.flatMap(start => belows.map(each => [...starred(start + each), ...rest]));
}

function starred(text: string): TextPattern {
  return text.split('*').flatMap((part, i) => (i === 0 ? [part] : [ANY, part]));
}
