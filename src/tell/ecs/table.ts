/**
 * Which events say what: the whole mapping to ECS as data. An event is one line; the first line that fits counts,
 * and events without one get `generic`, which knows the names that Windows uses most.
 */
import type { Mapping, MappingRow, ProcessFrom } from './mapping.ts';

const sysmon = 'Microsoft-Windows-Sysmon/Operational';
const security = 'Security';
const powerShell = 'Microsoft-Windows-PowerShell/Operational';
const powerShellCore = 'PowerShellCore/Operational';
const localSession = 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational';
const remoteConnection = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational';
const wmi = 'Microsoft-Windows-WMI-Activity/Operational';
const defender = 'Microsoft-Windows-Windows Defender/Operational';
const tasks = 'Microsoft-Windows-TaskScheduler/Operational';
const firewall = 'Microsoft-Windows-Windows Firewall With Advanced Security/Firewall';
const winRm = 'Microsoft-Windows-WinRM/Operational';
const ntlm = 'Microsoft-Windows-NTLM/Operational';
const bits = 'Microsoft-Windows-Bits-Client/Operational';

const image: ProcessFrom = { pid: 'ProcessId', executable: 'Image', entity_id: 'ProcessGuid' };
const sourceImage: ProcessFrom = {
  pid: 'SourceProcessId',
  executable: 'SourceImage',
  entity_id: ['SourceProcessGuid', 'SourceProcessGUID'],
};
const started: ProcessFrom & { parent: ProcessFrom } = {
  ...image,
  command_line: 'CommandLine',
  working_directory: 'CurrentDirectory',
  parent: {
    pid: 'ParentProcessId',
    executable: 'ParentImage',
    command_line: 'ParentCommandLine',
    entity_id: 'ParentProcessGuid',
  },
};
const caller: ProcessFrom = { pid: 'ProcessId', executable: 'ProcessName' };
/** The process that wrote the event. */
const writer: ProcessFrom = { pid: 'Execution_ProcessID' };

const subject = { name: 'SubjectUserName', domain: 'SubjectDomainName', id: 'SubjectUserSid' };
const target = { name: 'TargetUserName', domain: 'TargetDomainName', id: ['TargetUserSid', 'TargetSid'] };
/** The account in whose name the event was written, from its header. */
const owner = { id: 'Security_UserID' };
const sysmonUser = { name: 'User' };
const remote = { ip: 'IpAddress', port: 'IpPort', domain: ['WorkstationName', 'Workstation'] };
const flow = {
  source: { ip: ['SourceIp', 'SourceAddress'], port: 'SourcePort', domain: 'SourceHostname' },
  destination: {
    ip: ['DestinationIp', 'DestAddress'],
    port: ['DestinationPort', 'DestPort'],
    domain: 'DestinationHostname',
  },
};

export const mappings: readonly MappingRow[] = [
  [sysmon, [1], { user: sysmonUser, process: started }],
  [sysmon, [3], { user: sysmonUser, process: image, ...flow }],
  [sysmon, [8], { user: { name: 'SourceUser' }, process: sourceImage }],
  [sysmon, [10], { user: { name: 'SourceUser' }, process: sourceImage }],
  [sysmon, [19, 20, 21], { user: sysmonUser }],
  [sysmon, null, { user: sysmonUser, process: image }],

  [security, [1102], { user: subject }],
  [security, [4624, 4625], { user: target, process: caller, source: remote }],
  [security, [4634, 4647, 4649], { user: target }],
  [
    security,
    [4648],
    {
      user: subject,
      process: caller,
      source: { ip: 'IpAddress', port: 'IpPort' },
      destination: { domain: 'TargetServerName' },
    },
  ],
  [security, [4656, 4658, 4660, 4661, 4663, 4670], { user: subject, process: caller }],
  [security, [4657], { user: subject, process: caller }],
  [security, [4673, 4674], { user: subject, process: caller }],
  [
    security,
    [4688],
    {
      user: subject,
      process: {
        pid: 'NewProcessId',
        executable: 'NewProcessName',
        command_line: 'CommandLine',
        parent: { pid: 'ProcessId', executable: 'ParentProcessName' },
      },
    },
  ],
  [security, [4689], { user: subject, process: caller }],
  [security, [4697], { user: subject }],
  [security, [4698, 4699, 4700, 4701, 4702], { user: subject }],
  [security, [4672, 4703, 4704, 4719, 4720, 4722, 4723, 4724, 4725, 4726, 4738, 4740], { user: subject }],
  [security, [4728, 4729, 4732, 4733, 4756, 4757], { user: subject }],
  [security, [4662, 5136, 5137, 5138, 5139, 5141], { user: subject }],
  [security, [4768, 4769, 4770, 4771], { user: target, source: { ip: 'IpAddress', port: 'IpPort' } }],
  [security, [4776], { user: { name: 'TargetUserName' }, source: { domain: 'Workstation' } }],
  [
    security,
    [4778, 4779],
    {
      user: { name: 'AccountName', domain: 'AccountDomain' },
      source: { ip: 'ClientAddress', domain: 'ClientName' },
    },
  ],
  [security, [5140, 5142, 5143, 5144, 5145], { user: subject, source: { ip: 'IpAddress', port: 'IpPort' } }],
  [
    security,
    [5152, 5154, 5156, 5157, 5158, 5159],
    { process: { pid: ['ProcessID', 'ProcessId'], executable: 'Application' }, ...flow },
  ],
  [security, [5379, 5381, 5382], { user: subject, process: { pid: 'ClientProcessId' } }],

  ['System', [104], { user: subject }],
  ['System', [7045, 7040, 7034, 7036], { user: owner }],

  [powerShell, null, { user: owner, process: writer }],
  [powerShellCore, null, { user: owner, process: writer }],

  [localSession, [21, 22, 23, 24, 25, 39, 40], { user: { name: 'User' }, source: { ip: 'Address' } }],
  [remoteConnection, [1149], { user: { name: 'Param1', domain: 'Param2' }, source: { ip: 'Param3' } }],

  [wmi, null, { user: { name: ['User', 'PossibleUser'], id: 'Security_UserID' } }],
  [
    defender,
    null,
    { user: { name: ['DetectionUser', 'User'] }, process: { executable: 'ProcessName', pid: 'ProcessID' } },
  ],
  [tasks, null, { user: { name: ['UserContext', 'UserName'] }, process: { executable: 'ActionName' } }],
  [firewall, null, { user: { id: 'ModifyingUser' }, process: { executable: 'ModifyingApplication' } }],
  [winRm, null, { user: owner, process: writer }],
  [
    ntlm,
    null,
    {
      user: { name: 'UserName', domain: 'DomainName' },
      process: { pid: ['CallerPID', 'ProcessId'], executable: 'ProcessName' },
      source: { domain: 'WorkstationName' },
    },
  ],
  [
    'fortigate',
    null,
    {
      user: { name: 'user' },
      source: { ip: ['remip', 'srcip'], port: ['remport', 'srcport'] },
      destination: { ip: ['dstip', 'tunnelip'], port: 'dstport', domain: 'hostname' },
    },
  ],
  [bits, null, { user: { id: 'Security_UserID' }, process: { pid: 'processId', executable: 'processPath' } }],
];

/** For events without a line: what the names that Windows uses most mean wherever they stand. */
export const generic: Mapping = {
  user: {
    name: ['SubjectUserName', 'TargetUserName', 'User', 'UserName'],
    domain: ['SubjectDomainName', 'TargetDomainName'],
    id: ['SubjectUserSid', 'TargetUserSid', 'Security_UserID'],
  },
  process: { executable: ['Image', 'ProcessName'], command_line: 'CommandLine' },
  source: { ip: ['IpAddress', 'SourceIp', 'ClientAddress'], port: ['IpPort', 'SourcePort'] },
  destination: { ip: ['DestinationIp', 'DestAddress'], port: ['DestinationPort', 'DestPort'] },
};
