/** Process starts: Security 4688 and Sysmon 1. */
import { account, effective, guid, logonId, pid, sid, text } from '../readings/index.ts';
import { type FactRow, SECURITY, SYSMON } from './row.ts';

export const processes: readonly FactRow[] = [
  {
    channel: SECURITY,
    eventIds: [4688],
    type: 'process-start',
    roles: {
      account: effective(
        account('TargetDomainName', 'TargetUserName'),
        account('SubjectDomainName', 'SubjectUserName'),
        'account',
      ),
      sid: effective(sid('TargetUserSid'), sid('SubjectUserSid'), 'sid'),
      logonId: effective(logonId('TargetLogonId'), logonId('SubjectLogonId')),
      pid: pid('NewProcessId'),
      // 4688 calls the parent, which it was written about by, plainly ProcessId.
      parentPid: pid('ProcessId'),
      image: text('NewProcessName'),
      parentImage: text('ParentProcessName'),
      commandLine: text('CommandLine'),
    },
  },
  {
    channel: SYSMON,
    eventIds: [1],
    type: 'process-start',
    roles: {
      account: text('User'),
      logonId: logonId('LogonId'),
      pid: pid('ProcessId'),
      parentPid: pid('ParentProcessId'),
      guid: guid('ProcessGuid'),
      parentGuid: guid('ParentProcessGuid'),
      image: text('Image'),
      parentImage: text('ParentImage'),
      commandLine: text('CommandLine'),
      parentCommandLine: text('ParentCommandLine'),
      originalName: text('OriginalFileName'),
      directory: text('CurrentDirectory'),
    },
  },
];
