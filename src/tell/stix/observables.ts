/**
 * What an event shows as STIX observables: hosts, addresses, accounts, processes, files, registry keys, traffic. Nothing is
 * added that the record does not say. Secrets on command lines are masked, whatever the user asked to reveal elsewhere:
 * a bundle is made to be sent.
 */
import type { Evidence } from '../../judge/index.ts';
import { canonicalAddress, type FactType, isLoopback } from '../../read/entities/index.ts';
import { mask } from '../masking/index.ts';
import { type Objects, shortTime } from './objects.ts';

/** Of whose source it can be said that it sent something to the host that wrote the record. */
const arrivals: ReadonlySet<FactType> = new Set([
  'logon',
  'logon-failed',
  'share-access',
  'remote-session',
  'tunnel',
]);

/** Ids of what the event shows; at least one. */
export function observablesOf(evidence: Evidence, objects: Objects): readonly string[] {
  const { fact, account } = evidence;
  const { sourceIp, sourceHost, target, share, file } = fact.values;
  const host = hostOf(evidence.host, objects);
  const source = sourceIp === undefined ? null : addressOf(sourceIp, objects);
  const user = account === null ? null : accountOf(account, evidence.host, objects);
  const ids = [
    host,
    user,
    source,
    sourceHost === undefined ? null : hostOf(sourceHost, objects),
    fact.type === 'tunnel' && target !== undefined ? addressOf(target, objects) : null,
    ...processesOf(evidence, user, objects),
    file === undefined ? null : thingOf(share === undefined ? file : `${share}\\${file}`, objects),
    file === undefined && share !== undefined ? folderOf(share, objects) : null,
    source !== null && arrivals.has(fact.type) ? trafficOf(evidence, source, host, objects) : null,
  ];
  const shown = [...new Set(ids.filter(id => id !== null))];
  // A record of a host without a proper name that names nothing else: the program that wrote it is all there is.
  return shown.length > 0
    ? shown
    : [objects.observe('software', { name: fact.provider || fact.channel || 'unknown' })];
}

const LABEL = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/i;

/** Null where the name is none that DNS could hold. */
function hostOf(name: string, objects: Objects): string | null {
  const address = addressOf(name, objects);
  if (address !== null) return address;
  const isName = name.length <= 253 && name.split('.').every(label => LABEL.test(label));
  return isName ? objects.observe('domain-name', { value: name.toLowerCase() }) : null;
}

function addressOf(text: string, objects: Objects): string | null {
  const address = canonicalAddress(text);
  if (address === null || isLoopback(address)) return null;
  return objects.observe(address.includes(':') ? 'ipv6-addr' : 'ipv4-addr', { value: address });
}

/** `DOMAIN\user`, else UPN, else SID. */
function accountOf(account: string, host: string, objects: Objects): string {
  if (/^S-1-\d/.test(account)) return objects.observe('user-account', { user_id: account });
  const at = account.indexOf('\\');
  if (at < 0) return objects.observe('user-account', { account_login: account });
  const domain = account.slice(0, at).toLowerCase();
  const isLocal = domain === host.split('.')[0]?.toLowerCase();
  return objects.observe('user-account', {
    account_type: isLocal ? 'windows-local' : 'windows-domain',
    account_login: account,
  });
}

/** The process that acts, and the one that started it. */
function processesOf(evidence: Evidence, user: string | null, objects: Objects): readonly string[] {
  const { values, type, micros } = evidence.fact;
  const { pid, image, commandLine, directory, parentPid, parentImage, parentCommandLine } = values;
  if (image === undefined && commandLine === undefined) return [];
  const of = `${evidence.host} ${micros}`;
  const parent = processOf(of, objects, {
    pid: parentPid,
    image_ref: parentImage === undefined ? undefined : fileOf(parentImage, objects),
    command_line: parentCommandLine,
  });
  const process = processOf(of, objects, {
    pid,
    created_time: type === 'process-start' ? shortTime(micros) : undefined,
    cwd: directory,
    command_line: commandLine,
    creator_user_ref: user ?? undefined,
    image_ref: image === undefined ? undefined : fileOf(image, objects),
    parent_ref: parent ?? undefined,
  });
  return [process, parent].filter(id => id !== null);
}

type Process = Readonly<Record<'command_line' | 'cwd' | 'created_time', string | undefined>> & {
  readonly pid: number | undefined;
};

function processOf(
  of: string,
  objects: Objects,
  { command_line, pid, ...rest }: Partial<Process> & Readonly<Record<string, unknown>>,
): string | null {
  const content = Object.fromEntries(
    Object.entries({
      pid: Number.isSafeInteger(pid) && pid! >= 0 ? pid : undefined,
      command_line: command_line === undefined ? undefined : mask(command_line),
      ...rest,
    }).filter(([, each]) => each !== undefined),
  );
  return Object.keys(content).length === 0 ? null : objects.observeOne('process', of, content);
}

const hives: readonly (readonly [written: RegExp, whole: string])[] = [
  [/^(?:HKLM|\\REGISTRY\\MACHINE)(?=\\|$)/i, 'HKEY_LOCAL_MACHINE'],
  [/^(?:HKU|\\REGISTRY\\USER)(?=\\|$)/i, 'HKEY_USERS'],
  [/^HKCU(?=\\|$)/i, 'HKEY_CURRENT_USER'],
  [/^HKCR(?=\\|$)/i, 'HKEY_CLASSES_ROOT'],
  [/^(?=HKEY_[A-Z_]{1,30}(?:\\|$))/i, ''],
];

/** A registry key by its name in full, as STIX asks, or a file. */
function thingOf(path: string, objects: Objects): string {
  const hive = hives.find(([written]) => written.test(path));
  if (hive === undefined) return fileOf(path, objects);
  return objects.observe('windows-registry-key', { key: path.replace(hive[0], hive[1]) });
}

function fileOf(path: string, objects: Objects): string {
  const at = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
  const name = path.slice(at + 1);
  if (name === '') return folderOf(path.slice(0, at), objects);
  const folder = path.slice(0, at);
  if (folder === '') return objects.observe('file', { name });
  return objects.observe('file', { name, parent_directory_ref: folderOf(folder, objects) });
}

function folderOf(path: string, objects: Objects): string {
  return objects.observe('directory', { path: path || '\\' });
}

/** That something came: what over, no record says, but the kind of its address. */
function trafficOf(evidence: Evidence, source: string, host: string | null, objects: Objects): string {
  return objects.observe('network-traffic', {
    start: shortTime(evidence.micros),
    src_ref: source,
    ...(host === null ? {} : { dst_ref: host }),
    protocols: [source.startsWith('ipv6') ? 'ipv6' : 'ipv4'],
  });
}
