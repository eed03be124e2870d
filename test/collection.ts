/** Manifests as the scripts of `huntaway collect` write them, for tests of what reads them. */

export const scriptId = '5af54681-df95-4c26-854f-2565e13cfab0';
export const marker = '0123456789abcdef0123456789abcdef';

export type CollectedLog = { readonly channel: string; readonly file: string; readonly sha256: string };

/** The object that `manifest.json` holds; `over` replaces keys of its first level. */
export function manifestOf(
  logs: readonly CollectedLog[] = [],
  over: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    format: 'huntaway-collection',
    version: 1,
    script: {
      id: scriptId,
      kind: 'powershell',
      generator: 'huntaway 0.1.0',
      printed: '2026-02-28T08:00:00.000Z',
      sha256: 'b'.repeat(64),
    },
    marker,
    start: '2026-03-01T12:00:00.1234567Z',
    end: '2026-03-01T12:10:00.0000000Z',
    process: { pid: 4711, user: 'WAIRUA\\adm.hollis', elevated: true, powershell: '5.1.14393.6343' },
    host: {
      name: 'DC1',
      fqdn: 'dc1.wairua-water.test',
      domain: 'wairua-water.test',
      domainRole: 5,
      os: 'Microsoft Windows Server 2016 Standard',
      osVersion: '10.0.14393',
      booted: '2026-01-01T00:00:00.5000000Z',
      addresses: ['192.0.2.10', '2001:db8::10'],
    },
    clock: {
      local: '2026-03-02T01:00:00.1234567+13:00',
      utc: '2026-03-01T12:00:00.1234567Z',
      timeZone: 'New Zealand Standard Time',
      utcOffsetMinutes: 780,
      status: ['Leap Indicator: 0(no warning)', 'Root Delay: 0.0312500s', 'Phase Offset: -75.2501234s'],
      source: ['ntp.wairua-water.test,0x8'],
    },
    auditPolicy: [
      'Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting',
      'DC1,System,Process Creation,{0CCE922B-69AE-11D9-BED3-505054503030},Success and Failure,',
    ],
    settings: [{ key: 'HKEY_LOCAL_MACHINE\\SYSTEM', name: 'RunAsPPL', value: 1 }],
    sysmon: ['Sysmon64: Running'],
    query: '',
    channels: [
      ...logs.map(({ channel, file, sha256 }) => ({
        name: channel,
        state: 'exported',
        enabled: true,
        logMode: 'Circular',
        maximumSize: 20_971_520,
        size: 69_632,
        full: false,
        records: 7,
        oldestRecordNumber: 3,
        lastWritten: '2026-03-01T12:00:00.0000000Z',
        oldest: '2026-02-01T00:00:00.0000000Z',
        newest: '2026-03-01T12:00:00.0000000Z',
        file,
        bytes: 69_632,
        sha256,
      })),
      { name: 'DNS Server', state: 'absent' },
    ],
    commands: [String.raw`C:\Windows\System32\wevtutil.exe el`],
    errors: [{ step: 'export of Microsoft-Windows-NTLM/Operational', message: 'Access is denied.' }],
    ...over,
  };
}

/** The text of `manifest.txt`. */
export function textManifestOf(logs: readonly CollectedLog[] = [], over: readonly string[] = []): string {
  return [
    'format=huntaway-collection',
    'version=1',
    'kind=cmd',
    `id=${scriptId}`,
    'generator=huntaway 0.1.0',
    'printed=2026-02-28T08:00:00.000Z',
    'marker=5af54681df954c26104412713123',
    'start=2026-03-01T12:00:00.123Z',
    'env=COMPUTERNAME=DC1',
    'env=USERDOMAIN=WAIRUA',
    'os=Microsoft Windows [Version 6.1.7601]',
    'setting=HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters',
    'setting=    Hostname    REG_SZ    dc1',
    'setting=    Domain    REG_SZ    wairua-water.test',
    'clock.status=Phasenabweichung: 0,0000123s',
    'clock.source=Local CMOS Clock',
    'audit=DC1,System,Process Creation,{0CCE922B-69AE-11D9-BED3-505054503030},Success,',
    'query=all',
    ...logs.flatMap(({ channel, file, sha256 }) => [
      `channel=${channel}`,
      'gl=enabled: true',
      'gl=  retention: false',
      'gl=  maxSize: 20971520',
      'gli=numberOfLogRecords: 7',
      'gli=oldestRecordNumber: 3',
      'state=exported',
      `file=${file}`,
      'bytes=69632',
      `certutil=SHA256-Hash der Datei ${file}:`,
      `certutil=${sha256.replace(/../g, '$& ')}`,
      'certutil=CertUtil: -hashfile-Befehl wurde erfolgreich ausgeführt.',
    ]),
    'channel=DNS Server',
    'state=absent',
    'channel=Microsoft-Windows-NTLM/Operational',
    'state=failed',
    'error=export of Microsoft-Windows-NTLM/Operational: exit code 5',
    'end=2026-03-01T12:10:00.000Z',
    ...over,
    '',
  ].join('\r\n');
}
