/**
 * The file paths that an event names: in its file role, on its command line, in the text of a database event. Two
 * notations of one file compare equal: case, quotes, slashes, `\\?\`, folder variables, and the administrative share
 * (`\\host\c$\x` is `c:\x` on that host), a volume of an archive (`x.7z.001` is `x.7z`). Linear in the text; at most 16 paths an event.
 *
 * Folders that everybody uses say nothing: that two commands name `c:\windows\temp` joins nothing, unless one of them
 * takes the folder as a whole, as an archiver does with `c:\windows\temp\*`.
 */
import type { Fact } from '../../read/entities/index.ts';
import type { Names } from './names.ts';

/** A path on a host: canonical host name, and the path in lower case without a trailing backslash. */
export type FilePath = { readonly host: string; readonly path: string };

const MOST_PATHS = 16;
/** Longer text is no path that Windows could open. */
const LONGEST = 400;

const starts =
  /(?:\\\\[?.]\\)?(?:[a-z]:[\\/]|%(?:windir|systemroot|systemdrive|public|programdata)%[\\/]?|\\\\[\w.$-]{1,255}\\|\\device\\harddiskvolume\d+\\)/gi;
const plainEnd = /[\s"'<>|*?,;&^()]/;
const quotedEnd = /["<>|*?\r\n]/;

const variables: Readonly<Record<string, string>> = {
  '%windir%': 'c:\\windows',
  '%systemroot%': 'c:\\windows',
  '%systemdrive%': 'c:',
  '%public%': 'c:\\users\\public',
  '%programdata%': 'c:\\programdata',
};

/** Every path that an event names, the image that runs left out; in the order it names them, each once. */
export function pathsOf(fact: Fact, names: Names): FilePath[] {
  const { file, share, commandLine, text, target, image } = fact.values;
  const own = names.host(fact.host);
  const found = new Map<string, FilePath>();
  const add = (written: string): void => {
    const path = filePath(written, own, names);
    if (path !== null && found.size < MOST_PATHS) found.set(`${path.host}\n${path.path}`, path);
  };
  if (file !== undefined) add(share === undefined ? file : sharedFile(share, file));
  for (const written of [commandLine, text, target]) {
    if (written !== undefined) for (const path of writtenPaths(written)) add(path);
  }
  const ran = image === undefined || image === file ? null : filePath(image, own, names);
  return [...found.values()].filter(path => path.path !== ran?.path && !isProgramOfWindows(path.path));
}

/** `\\*\C$` and `Windows\Temp\x` of 5145: the file that was opened through the share. */
function sharedFile(share: string, file: string): string {
  if (/^[a-z]:|^\\\\/i.test(file)) return file;
  const name = share.slice(share.lastIndexOf('\\') + 1).toLowerCase();
  const tail = file.replace(/^\\+/, '');
  if (/^[a-z]\$$/.test(name)) return `${name[0]}:\\${tail}`;
  return name === 'admin$' ? `c:\\windows\\${tail}` : `\\\\127.0.0.1\\${name}\\${tail}`;
}

/** The stretches of a text that look like paths. In quotes a path may hold blanks: both readings are given. */
function writtenPaths(text: string): string[] {
  const paths: string[] = [];
  starts.lastIndex = 0;
  for (
    let start = starts.exec(text);
    start !== null && paths.length < 2 * MOST_PATHS;
    start = starts.exec(text)
  ) {
    const from = start.index;
    const plain = cut(text, from + start[0].length, plainEnd);
    paths.push(text.slice(from, plain));
    const quoted = cut(text, from + start[0].length, quotedEnd);
    if (quoted > plain && text[quoted] === '"' && text[from - 1] === '"')
      paths.push(text.slice(from, quoted));
    starts.lastIndex = plain;
  }
  return paths;
}

function cut(text: string, from: number, end: RegExp): number {
  const limit = Math.min(text.length, from + LONGEST);
  let at = from;
  while (at < limit && !end.test(text[at]!)) at++;
  return at;
}

/** A written path in its one notation, and the host that it lies on; null where it names no file of a host. */
export function filePath(written: string, own: string, names: Names): FilePath | null {
  let path = written
    .trim()
    .toLowerCase()
    .replaceAll('/', '\\')
    .replace(/^"+|"+$/g, '');
  path = path.replace(/^\\\\[?.]\\(?:unc\\)?/, whole => (whole.endsWith('unc\\') ? '\\\\' : ''));
  path = path.replace(/^\\\?\?\\/, '').replace(/^%\w+%/, name => variables[name] ?? name);
  if (path.includes('harddiskvolumeshadowcopy')) return null;
  path = path.replace(/^\\device\\harddiskvolume\d+\\/, 'c:\\');
  let host = own;
  const unc = /^\\\\([^\\]+)\\([^\\]+)(?:\\(.*))?$/.exec(path);
  if (unc !== null) {
    const server = unc[1]!;
    const loops = server === 'localhost' || server === '127.0.0.1' || server === '.' || server === '*';
    host = loops ? own : (names.known(server) ?? server);
    if (unc[2] === 'ipc$' && isPipeOfWindows(unc[3] ?? '')) return null;
    path = onShare(unc[2]!, unc[3] ?? '');
  } else if (!/^[a-z]:/.test(path)) return null;
  path = withoutVolume(path.replace(/\\{2,}/g, '\\').replace(/[\\.]+$/, ''));
  return path.length < 4 || path.length > LONGEST ? null : { host, path };
}

/** Doors that Windows itself opens, and that whoever manages a host goes through: to have used one says nothing of whose hands. */
const pipesOfWindows: ReadonlySet<string> = new Set(
  'atsvc browser efsrpc epmapper eventlog initshutdown lsarpc lsass netdfs netlogon ntsvcs samr spoolss srvsvc svcctl tsvcs winreg wkssvc'.split(
    ' ',
  ),
);

const isPipeOfWindows = (tail: string): boolean => tail === '' || pipesOfWindows.has(tail);

function onShare(share: string, tail: string): string {
  if (/^[a-z]\$$/.test(share)) return `${share[0]}:\\${tail}`;
  return share === 'admin$' ? `c:\\windows\\${tail}` : `\\\\${share}\\${tail}`;
}

/** Programs and libraries that come with Windows or are installed: naming one says nothing. */
function isProgramOfWindows(path: string): boolean {
  return (
    /^c:\\(?:windows\\(?:system32|syswow64|winsxs|servicing|ntds)\\|program files(?: \(x86\))?\\)/.test(
      path,
    ) || /^c:\\windows\\[^\\]+\.exe$/.test(path)
  );
}

/** What runs: the same tool used twice is no theft packed. */
export function isProgram(path: string): boolean {
  return /\.(?:exe|dll|com|bat|cmd|ps1|psm1|vbs|js|msi|sys|scr)$/.test(path);
}

const sharedFolders: ReadonlySet<string> = new Set([
  'c:',
  'c:\\windows',
  'c:\\windows\\temp',
  'c:\\windows\\tasks',
  'c:\\windows\\system32',
  'c:\\temp',
  'c:\\tmp',
  'c:\\users',
  'c:\\users\\public',
  'c:\\programdata',
  'c:\\perflogs',
  'c:\\inetpub\\wwwroot',
  'c:\\program files',
  'c:\\program files (x86)',
]);

/** Whether a folder is everybody's: roots, temporary folders, profiles and what every profile has. */
export function isSharedFolder(path: string): boolean {
  return (
    sharedFolders.has(path) ||
    /^(?:[a-z]:|\\\\?[^\\]+)$/.test(path) ||
    /^c:\\users\\[^\\]+(?:\\(?:desktop|documents(?: and settings)?|downloads|public|pictures|music|videos|appdata(?:\\(?:local|locallow|roaming)(?:\\temp)?)?))?$/.test(
      path,
    )
  );
}

/** The folders that hold a path, nearest first. */
export function* foldersOf(path: string): Generator<string> {
  let end = path.lastIndexOf('\\');
  for (let steps = 0; end > 1 && steps < 12; steps++, end = path.lastIndexOf('\\', end - 1)) {
    yield path.slice(0, end);
  }
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

/** The archive that a volume is of: `x.7z` of `x.7z.001`; any other path as it is. */
export function withoutVolume(path: string): string {
  return path.replace(/(\.[a-z7][a-z0-9]{0,4})\.\d{3}$/, '$1');
}
