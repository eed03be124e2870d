/**
 * Events that are evidence and no fact of another type: their values under the names that Windows and Sysmon commonly
 * use. `anySysmonEvent` and `anyEvent` stand for every event that no row speaks of.
 */
import {
  account,
  accounts,
  address,
  code,
  derived,
  type FieldTexts,
  guid,
  logonId,
  message,
  pid,
  sid,
  text,
} from '../readings/index.ts';
import { type FactRow, SYSMON, SYSTEM } from './row.ts';

const subject = account('SubjectDomainName', 'SubjectUserName');

export const events: readonly FactRow[] = [
  {
    // One process opened another, or started a thread in it.
    channel: SYSMON,
    eventIds: [8, 10],
    type: 'event',
    roles: {
      account: text('SourceUser'),
      pid: pid('SourceProcessId'),
      guid: guid('SourceProcessGUID', 'SourceProcessGuid'),
      image: text('SourceImage'),
      target: text('TargetImage'),
    },
  },
  {
    // The source of a connection is the host itself, and where it leads to is what tells something; of one that was
    // accepted it is the other way round.
    channel: SYSMON,
    eventIds: [3],
    type: 'event',
    roles: {
      account: text('User'),
      pid: pid('ProcessId'),
      guid: guid('ProcessGuid'),
      image: text('Image'),
      sourceIp: derived(['Initiated', 'SourceIp'], acceptedFrom),
      target: address('DestinationIp', 'DestinationHostname'),
    },
  },
  {
    // A log was cleared: which one.
    channel: SYSTEM,
    eventIds: [104],
    type: 'event',
    roles: {
      account: subject,
      sid: sid('Security_UserID'),
      target: text('Channel'),
      file: text('BackupPath'),
    },
  },
  {
    // A service was installed; the account is what it runs as, not who did it.
    channel: SYSTEM,
    eventIds: [7045],
    type: 'event',
    roles: { sid: sid('Security_UserID'), target: text('ServiceName'), file: text('ImagePath') },
  },
  {
    channel: SYSTEM,
    eventIds: [7036],
    type: 'event',
    roles: { target: text('param1'), text: text('param2') },
  },
];

/** Where a connection came from that this host did not open. */
function acceptedFrom([initiated, sources]: FieldTexts): string | undefined {
  const isAccepted = initiated?.[0]?.toLowerCase() === 'false';
  const source = isAccepted ? sources?.[0]?.replace(/^::ffff:/i, '') : undefined;
  return source === '' || source === '-' ? undefined : source;
}

/** Who acts: the subject's SID, or that of the header where the event names nobody itself. */
function actor([subjects, headers, ...names]: FieldTexts): string | undefined {
  const isNamed = names.some(texts => texts.some(text => text !== '' && text !== '-'));
  const subject = subjects?.find(sid => sid !== 'S-1-0-0');
  return subject ?? (isNamed ? undefined : headers?.[0]);
}

export const anyEvent: FactRow = {
  channel: '',
  eventIds: [],
  type: 'event',
  roles: {
    account: accounts(
      ['SubjectDomainName', 'SubjectUserName'],
      [null, 'User'],
      ['AccountDomain', 'AccountName'],
      [null, 'SourceUser'],
      [null, 'user'],
    ),
    sid: derived(
      ['SubjectUserSid', 'Security_UserID', 'SubjectUserName', 'User', 'AccountName', 'user'],
      actor,
    ),
    logonId: logonId('SubjectLogonId', 'LogonId', 'LogonID'),
    logonType: code('LogonType'),
    sourceIp: address('IpAddress', 'ClientAddress', 'Address', 'remip', 'srcip'),
    sourceHost: text('WorkstationName', 'Workstation', 'ClientName'),
    pid: pid('ProcessId', 'ProcessID', 'SourceProcessId', 'CallerProcessId', 'ClientProcessId'),
    parentPid: pid('ParentProcessId'),
    guid: guid('ProcessGuid', 'SourceProcessGUID', 'SourceProcessGuid'),
    parentGuid: guid('ParentProcessGuid'),
    image: text('Image', 'ProcessName', 'SourceImage', 'Application', 'ProcessPath', 'CallerProcessName'),
    parentImage: text('ParentImage', 'ParentProcessName'),
    commandLine: text('CommandLine', 'ProcessCommandLine'),
    parentCommandLine: text('ParentCommandLine'),
    originalName: text('OriginalFileName'),
    directory: text('CurrentDirectory'),
    file: text(
      'TargetFilename',
      'TargetObject',
      'ObjectName',
      'ServiceFileName',
      'ImagePath',
      'ImageLoaded',
      'RelativeTargetName',
      'Path',
      'FileName',
    ),
    share: text('ShareName'),
    target: text(
      'TargetImage',
      'DestinationIp',
      'DestAddress',
      'ServiceName',
      'TaskName',
      'PipeName',
      'QueryName',
      'TargetUserName',
      'MemberName',
      'ObjectDN',
    ),
    text: message(
      'ScriptBlockText',
      'Payload',
      'Details',
      'TaskContent',
      'NewValue',
      'ContextInfo',
      'Operation',
      'Query',
      'Properties',
      'Data',
      'msg',
    ),
  },
};

/** A script block or a pipeline is told by the very process that runs it, and only the header says which that is. */
export const scripts: FactRow = {
  ...anyEvent,
  channel: 'Microsoft-Windows-PowerShell/Operational',
  eventIds: [4103, 4104],
  roles: { ...anyEvent.roles, pid: pid('Execution_ProcessID') },
};
/** The same of PowerShell 6 and later. */
export const coreScripts: FactRow = { ...scripts, channel: 'PowerShellCore/Operational' };

/** The header of Sysmon's events says who Sysmon runs as, and so nothing. */
export const anySysmonEvent: FactRow = {
  ...anyEvent,
  channel: SYSMON,
  roles: Object.fromEntries(Object.entries(anyEvent.roles).filter(([role]) => role !== 'sid')),
};
