/**
 * Variables and short names whose meaning is the same on practically every Windows host: what `cmd.exe` and the file
 * system would put in their place. What depends on the host or the user (`%TEMP%`, `%USERNAME%`, `SYSTEM~1` in a folder
 * of somebody's) stays as it is written, because a wrong guess would be worse than none.
 */

/** By name in lower case. No value holds a percent sign, a caret or a quote. */
export const variables: ReadonlyMap<string, string> = new Map([
  ['allusersprofile', 'C:\\ProgramData'],
  ['commonprogramfiles', 'C:\\Program Files\\Common Files'],
  ['commonprogramfiles(x86)', 'C:\\Program Files (x86)\\Common Files'],
  ['commonprogramw6432', 'C:\\Program Files\\Common Files'],
  ['comspec', 'C:\\Windows\\System32\\cmd.exe'],
  ['driverdata', 'C:\\Windows\\System32\\Drivers\\DriverData'],
  ['os', 'Windows_NT'],
  ['pathext', '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC'],
  ['programdata', 'C:\\ProgramData'],
  ['programfiles', 'C:\\Program Files'],
  ['programfiles(x86)', 'C:\\Program Files (x86)'],
  ['programw6432', 'C:\\Program Files'],
  ['public', 'C:\\Users\\Public'],
  ['systemdrive', 'C:'],
  ['systemroot', 'C:\\Windows'],
  ['windir', 'C:\\Windows'],
]);

/** Characters of the longest name, and of the longest that asks for a part of a value (`:~-1234,-1234`). */
export const LONGEST_NAME = 23;
export const LONGEST_PART = 13;

export type ShortName = {
  readonly long: string;
  /** Folders of the root of a drive have this name only there. */
  readonly inRoot: boolean;
};

/**
 * By 8.3 name in upper case, `.EXE` left off. Windows makes the folders during setup, so their numbers are fixed; of the
 * programs only those are here whose folder holds no other name that begins so.
 */
export const shortNames: ReadonlyMap<string, ShortName> = new Map([
  ['PROGRA~1', { long: 'Program Files', inRoot: true }],
  ['PROGRA~2', { long: 'Program Files (x86)', inRoot: true }],
  ['PROGRA~3', { long: 'ProgramData', inRoot: true }],
  ['DOCUME~1', { long: 'Documents and Settings', inRoot: true }],
  ['BITSAD~1', { long: 'bitsadmin.exe', inRoot: false }],
  ['DISKSH~1', { long: 'diskshadow.exe', inRoot: false }],
  ['POWERS~1', { long: 'powershell.exe', inRoot: false }],
]);
