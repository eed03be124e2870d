/**
 * The class of a folder: what a place is for, whatever the machine calls it. Installers, backups and people write to
 * folders with a new name each time; what stays the same is that it was a temporary folder, or somebody's profile.
 */

export type FolderClass =
  | 'system'
  | 'windows'
  | 'temp'
  | 'program'
  | 'data'
  | 'public'
  | 'user'
  | 'shadow'
  | 'root'
  | 'other';

/** Folders by the beginning of their path below the drive, the longer ones first; separators are `\`. */
const beginnings: readonly (readonly [string, FolderClass])[] = [
  ['windows\\temp', 'temp'],
  ['windows\\system32', 'system'],
  ['windows\\syswow64', 'system'],
  ['windows\\sysnative', 'system'],
  ['windows', 'windows'],
  ['program files', 'program'],
  ['program files (x86)', 'program'],
  ['progra~1', 'program'],
  ['progra~2', 'program'],
  ['programdata', 'data'],
  ['users\\public', 'public'],
  ['users', 'user'],
  ['documents and settings', 'user'],
  ['temp', 'temp'],
  ['tmp', 'temp'],
];

/** What environment variables at the front of a path stand for. */
const variables: Readonly<Record<string, string>> = {
  '%temp%': 'temp',
  '%tmp%': 'temp',
  '%windir%': 'windows',
  '%systemroot%': 'windows',
  '%programfiles%': 'program files',
  '%programfiles(x86)%': 'program files',
  '%programdata%': 'programdata',
  '%allusersprofile%': 'programdata',
  '%public%': 'users\\public',
  '%userprofile%': 'users\\x',
  '%appdata%': 'users\\x',
  '%localappdata%': 'users\\x',
  '%systemdrive%': '',
};

/** The class of the folder `path` (lower case, `\` between its parts, without the file's name). */
export function folderClass(path: string): FolderClass {
  if (path.includes('harddiskvolumeshadowcopy')) return 'shadow';
  const below = belowDrive(path);
  if (below === '') return 'root';
  if (/\\(?:temp|tmp)(?:\\|$)/.test(below)) return 'temp';
  for (const [beginning, found] of beginnings) {
    if (
      below.startsWith(beginning) &&
      (below.length === beginning.length || below[beginning.length] === '\\')
    )
      return found;
  }
  return 'other';
}

function belowDrive(path: string): string {
  const bare = path.replace(/^\\\\[?.]\\/, '').replace(/^\\device\\harddiskvolume\d+\\?/, '');
  const variable = /^%[^%\\]{1,40}%/.exec(bare)?.[0];
  const stands = variable === undefined ? undefined : variables[variable];
  const spelled = stands === undefined ? bare : stands + bare.slice(variable!.length);
  return spelled
    .replace(/^[a-z]:/, '')
    .replace(/^\\+/, '')
    .replace(/\\+$/, '');
}
