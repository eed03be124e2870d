/**
 * One word of a command line without what varies from run to run. What a name or a number is for stays (`<host>`, `#`,
 * `temp/*.dat`), what it is called goes; verbs and options stay as they are, because they are what is done.
 *
 * Words come one at a time, none longer than `LONGEST`, and every pattern here is linear: a word costs what it is long.
 */
import { isIP } from 'node:net';
import { folderClass } from './folders.ts';

/** Longer words are data: encoded scripts, keys, lists. */
export const LONGEST = 260;

/** Short enough to be no data, and not hexadecimal throughout. */
const letters = /^(?![a-f]{8,}$)[a-z]{1,40}$/;
const guid = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/;
const sid = /^s-1-[0-9-]+$/;
/** Numbers, versions, dates and times, sizes in words such as 10m or 5gb. */
const figure = /^[#$+-]?[0-9][0-9.,:/_tz+-]*(?:[kmgt]b?|ms|[smhdw]|%)?$/;
const hex = /^(?:0x[0-9a-f]+|[0-9a-f]{8,}h?)$/;
const url = /^[a-z][a-z0-9+.-]{1,20}:\/\//;
const drivePath = /^(?:[a-z]:(?:[\\/]|$)|%[a-z()_0-9]{1,40}%\\|\\\\[?.]\\|\\device\\|\.{1,2}\\)/;
const hive = /^(?:registry::)?(?:hklm|hkcu|hku|hkcr|hkcc|hkey_[a-z_]+)(?::?\\|$)/;
const account = /^[a-z0-9_.-]{1,64}\\[a-z0-9_.$ @-]{1,64}$/;
const principal = /^[a-z0-9_.$+-]{1,64}@[a-z0-9.-]{1,100}$/;
const fileName = /^[^\\/:*?"<>|]*\.([a-z][a-z0-9_]{0,5}|7z)$/;
const domainName = /^(?=[a-z0-9-]*[a-z])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+\.?(?::[0-9]+)?$/;
const base64 = /^[a-z0-9+/]{24,}={0,2}$/;

/** What a single name with a dot ends with where it is a file and no host. `com` is more often a domain. */
const fileTypes: ReadonlySet<string> = new Set(
  (
    '7z bak bat bin bmp c cab cer cfg chm cmd conf cpl cs csv dat db dll dit dmp doc docx drv edb ' +
    'etl evt evtx exe gif gz hta htm html inf ini iso jar jpg jpeg js jse json jsp jspx key kdbx lnk log lua ' +
    'mdb msc msi msp msu mui old ost p12 pdf pem pfx php pif png ppt pptx ps1 psd1 psm1 pst py pyc rar reg rtf ' +
    'scr sct sdb sh sln sql sqlite sys tar tmp txt url vbe vbs vhd vhdx vmdk wim wsf xlsx xls xml xsl yaml yml zip'
  ).split(' '),
);

/** Options behind which a person or an account is named. */
const userOptions: ReadonlySet<string> = new Set([
  '/user',
  '/u',
  '-u',
  '-user',
  '--user',
  '/ru',
  '-username',
]);
const hostOptions: ReadonlySet<string> = new Set([
  '/node',
  '/s',
  '-computername',
  '/server',
  '-server',
  '/dc',
]);

/** True for an option such as `-u` whose next word is the name of somebody. */
export function namesUser(option: string): boolean {
  return userOptions.has(option);
}

/** The folded form of one word, lower case, without quotes. `isHost` knows the names of the site's hosts. */
export function foldWord(word: string, isHost: (word: string) => boolean): string {
  // Verbs, nearly all of the words there are.
  if (letters.test(word)) return isHost(word) ? '<host>' : word;
  if (word.length > LONGEST || isData(word)) return '#';
  const option = /^(?:[/-]{1,2}|\+)[a-z?]/.test(word);
  const at = valueStart(word, option);
  if (at > 0) {
    const name = foldDigits(word.slice(0, at - 1));
    const value = word.slice(at);
    if (userOptions.has(name)) return `${name}:<user>`;
    if (hostOptions.has(name)) return `${name}:<host>`;
    return `${name}:${value === '' ? '' : foldValue(value, isHost)}`;
  }
  // Letters stand apart so often (`-oA`, `/FI`) that only what is long is taken for data.
  if (option) return word.length > 40 ? '-#' : foldDigits(word);
  return foldValue(word, isHost);
}

/** Where the value of `/name:value`, `-name=value` or `name=value` begins; 0 where the word is none. */
function valueStart(word: string, option: boolean): number {
  const match = option ? /^[^:="]{2,40}[:=]/.exec(word) : /^[a-z_][a-z0-9_.-]{0,40}=/.exec(word);
  return match === null ? 0 : match[0].length;
}

function foldValue(value: string, isHost: (word: string) => boolean): string {
  if (guid.test(value) || sid.test(value) || hex.test(value)) return '#';
  if (/^[0-9a-f.:]+(?:[%/:][0-9]+)?$/.test(value) && isAddress(value)) return '<host>';
  if (figure.test(value)) return '#';
  if (url.test(value)) return '<url>';
  if (hive.test(value)) return foldKey(value);
  if (value.startsWith('\\\\') && !/^\\\\[?.]\\/.test(value)) return foldShare(value);
  if (drivePath.test(value)) return foldPath(value);
  if (isHost(value)) return '<host>';
  if (principal.test(value)) return '<user>';
  const file = fileName.exec(value);
  if (file !== null && fileTypes.has(file[1]!)) return `*.${file[1]!}`;
  if (domainName.test(value)) return '<host>';
  if (account.test(value)) return '<user>';
  if (value.includes('\\')) return foldPath(value);
  return foldName(value);
}

function isAddress(value: string): boolean {
  return isIP(value) !== 0 || isIP(value.replace(/[%/:][0-9]+$/, '')) !== 0;
}

/** Base64 and the like; a long word of letters alone is a name. */
function isData(word: string): boolean {
  return word.length >= 24 && base64.test(word) && (/[0-9+=]/.test(word) || word.length > 40);
}

/** A name that was made up for one run is told by digits between its letters. */
function foldName(name: string): string {
  const folded = foldDigits(name);
  const runs = folded.split('#').length - 1;
  return runs > 2 || folded.length > 60 ? '#' : folded;
}

function foldDigits(text: string): string {
  return text.replace(/[0-9]+/g, '#');
}

/** Keys stay as they are to the fourth part: `hklm\sam` is not `hklm\software`. */
function foldKey(key: string): string {
  return key
    .split('\\')
    .slice(0, 5)
    .map(part => (guid.test(part) || sid.test(part) ? '#' : foldDigits(part).slice(0, 60)))
    .join('\\');
}

/** `\\server\c$\a\b.txt` → `<share>c$/*.txt`; shares that Windows makes keep their name. */
function foldShare(path: string): string {
  const [, , , share = '', ...rest] = path.split('\\');
  const kept = /^(?:[a-z]\$|admin\$|ipc\$|print\$|sysvol|netlogon)$/.test(share) ? share : '';
  if (share === '') return '<host>';
  return `<share>${kept}${rest.length === 0 ? '' : `/${foldFile(rest.at(-1)!)}`}`;
}

function foldPath(written: string): string {
  const path = written.replaceAll('/', '\\');
  const cut = path.lastIndexOf('\\');
  const found = folderClass(cut < 0 ? '' : path.slice(0, cut));
  const name = cut < 0 ? path : path.slice(cut + 1);
  // What lies in the system folder is a known set, and which part of it is used is what is done.
  const kept = found === 'system' && /^[a-z_]{1,40}\.[a-z]{2,4}$/.test(name);
  return `${found}/${kept ? name : foldFile(name)}`;
}

function foldFile(name: string): string {
  if (name === '') return '';
  if (/[*?]/.test(name) && name.length < 8) return name;
  const type = fileName.exec(name)?.[1];
  return type === undefined ? '*' : `*.${fileTypes.has(type) ? type : foldDigits(type)}`;
}

/** A program by its folder's class and name: `system/ntdsutil`, `temp/a#`; a bare name where no folder is known. */
export function foldProgram(written: string): string {
  const path = written.replaceAll('/', '\\').toLowerCase().slice(0, 1024);
  const cut = path.lastIndexOf('\\');
  // `7z` and `rundll32` are names; a longer number is a version or made up.
  const name = path
    .slice(cut + 1, cut + 61)
    .replace(/\.exe$/, '')
    .replace(/[0-9]{3,}/g, '#');
  return cut < 0 ? name : `${folderClass(path.slice(0, cut))}/${name}`;
}
