/**
 * Where logs hold what a STIX object path means: a table of path → fields and the form a value has there. An indicator is
 * asked of every event, so fields have the names that the events themselves give them (Security 4688 says NewProcessName).
 * A new path, or a field of a new source, is a line here. Cost: fields that an event's kind lacks are ruled out once a kind.
 */
import {
  address,
  addressInText,
  contains,
  domainInText,
  type Form,
  folderInText,
  folderOfPath,
  keyOfPath,
  listedAddress,
  listedHash,
  nameOfPath,
  whole,
} from './forms.ts';

export type Spot = { readonly field: string; readonly form: Form };

/** What a value of the path is: decides how it is checked, and whether it may be a network or a number. */
export type ValueKind = 'ipv4' | 'ipv6' | 'address' | 'domain' | 'hash' | 'key' | 'folder' | 'port' | 'text';

export type PathAbout = {
  readonly kind: ValueKind;
  readonly spots: readonly Spot[];
  /** Hexadecimal digits of a hash. */
  readonly digits?: number;
  /** A regular expression means the same in the fields as in the object: only where a field holds the whole value. */
  readonly takesRegex?: true;
};

const at = (form: Form, ...fields: readonly string[]): Spot[] => fields.map(field => ({ field, form }));

/** Commands and scripts, where a value stands among others. */
const commands = ['CommandLine', 'ScriptBlockText', 'Payload'] as const;

/** Sysmon 3, Security 5156, FortiGate. */
const destinations: readonly Spot[] = at(address, 'DestinationIp', 'DestAddress', 'dstip', 'ServerIP');

/** Besides those: logons, shares (Security), sessions (TerminalServices), SMB, tunnels (FortiGate). */
const origins: readonly Spot[] = at(
  address,
  'SourceIp',
  'SourceAddress',
  'IpAddress',
  'ClientAddress',
  'ClientIP',
  'Address',
  'Param3',
  'srcip',
  'remip',
);

const addresses: readonly Spot[] = [
  ...destinations,
  ...origins,
  ...at(listedAddress, 'QueryResults'),
  ...at(addressInText, ...commands),
];

const images = ['Image', 'NewProcessName', 'ProcessName', 'Application'] as const;
const files = ['TargetFilename', 'ImageLoaded', 'ObjectName', 'RelativeTargetName'] as const;

const fileName: readonly Spot[] = [
  ...at(nameOfPath, ...images, ...files),
  ...at(whole, 'OriginalFileName'),
  ...at(contains, 'ServiceFileName', 'ImagePath', ...commands),
];

const processName: readonly Spot[] = [...at(nameOfPath, ...images), ...at(whole, 'OriginalFileName')];

const folder: readonly Spot[] = [
  ...at(folderOfPath, ...images, ...files, 'CurrentDirectory'),
  ...at(folderInText, ...commands),
];

const hash = (digits: number, listed: string, ...fields: readonly string[]): PathAbout => ({
  kind: 'hash',
  digits,
  spots: [...at(listedHash(listed), 'Hashes', 'Hash'), ...at(whole, 'FileHash', ...fields)],
});

const hashes: Readonly<Record<string, PathAbout>> = {
  'hashes.MD5': hash(32, 'MD5', 'MD5', 'Md5'),
  'hashes.SHA-1': hash(40, 'SHA1', 'SHA1', 'Sha1', 'SHA1 Hash', 'SHA1 Flat Hash'),
  'hashes.SHA-256': hash(64, 'SHA256', 'SHA256', 'Sha256', 'SHA256 Hash', 'SHA256 Flat Hash'),
};

const under = (prefix: string, paths: Readonly<Record<string, PathAbout>>): [string, PathAbout][] =>
  Object.entries(paths).map(([path, about]) => [`${prefix}${path}`, about]);

const account: PathAbout = {
  kind: 'text',
  spots: at(whole, 'TargetUserName', 'SubjectUserName', 'AccountName', 'user'),
  takesRegex: true,
};

const userAgent = 'network-traffic:extensions.http-request-ext.request_header.User-Agent';

/** By canonical path. */
export const objectPaths: ReadonlyMap<string, PathAbout> = new Map<string, PathAbout>([
  ['ipv4-addr:value', { kind: 'ipv4', spots: addresses }],
  ['ipv6-addr:value', { kind: 'ipv6', spots: addresses }],
  [
    'domain-name:value',
    {
      kind: 'domain',
      spots: [
        ...at(whole, 'QueryName', 'DestinationHostname', 'hostname', 'dstname'),
        ...at(domainInText, 'QueryResults', 'url', 'Url', 'RemoteName', ...commands),
      ],
    },
  ],
  [
    'url:value',
    {
      kind: 'text',
      spots: [...at(whole, 'url', 'Url', 'RemoteName'), ...at(contains, 'CommandLine', 'ScriptBlockText')],
    },
  ],
  ['file:name', { kind: 'text', spots: fileName }],
  ['file:parent_directory_ref.path', { kind: 'folder', spots: folder }],
  ['directory:path', { kind: 'folder', spots: folder }],
  ...under('file:', hashes),
  ...under('artifact:', hashes),
  ...under('process:image_ref.', hashes),
  ['process:image_ref.name', { kind: 'text', spots: processName }],
  ['process:name', { kind: 'text', spots: processName }],
  ['process:command_line', { kind: 'text', spots: at(whole, 'CommandLine'), takesRegex: true }],
  [
    'windows-registry-key:key',
    { kind: 'key', spots: [...at(keyOfPath, 'TargetObject', 'ObjectName'), ...at(contains, 'CommandLine')] },
  ],
  [
    'windows-registry-key:values[*].name',
    { kind: 'text', spots: [...at(nameOfPath, 'TargetObject'), ...at(whole, 'ObjectValueName')] },
  ],
  [
    'windows-registry-key:values[*].data',
    { kind: 'text', spots: at(whole, 'Details', 'NewValue'), takesRegex: true },
  ],
  ['network-traffic:dst_ref.value', { kind: 'address', spots: destinations }],
  ['network-traffic:src_ref.value', { kind: 'address', spots: origins }],
  ['network-traffic:dst_port', { kind: 'port', spots: at(whole, 'DestinationPort', 'DestPort', 'dstport') }],
  ['network-traffic:src_port', { kind: 'port', spots: at(whole, 'SourcePort', 'IpPort', 'srcport') }],
  [
    userAgent,
    { kind: 'text', spots: at(whole, 'UserAgent', 'User_Agent', 'HttpUserAgent', 'agent'), takesRegex: true },
  ],
  [
    'x509-certificate:hashes.SHA-1',
    { kind: 'hash', digits: 40, spots: at(whole, 'CertThumbprint', 'Thumbprint') },
  ],
  [
    'x509-certificate:hashes.SHA-256',
    { kind: 'hash', digits: 64, spots: at(whole, 'CertThumbprint', 'Thumbprint') },
  ],
  ['x509-certificate:serial_number', { kind: 'text', spots: at(whole, 'CertSerialNumber') }],
  ['user-account:account_login', account],
  ['user-account:user_id', account],
]);
