/**
 * The command line of 4688: a policy apart from the audit of process starts, off by default, without which most rules on
 * process starts are blind. It adds no events; passwords that stand on command lines go to the Security log with it, which
 * only administrators read.
 */
import { security } from '../logsources/index.ts';
import type { LogSetting } from './types.ts';

const KEY = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Audit';

export const processLines: readonly LogSetting[] = [
  {
    id: 'policy-command-line',
    kind: 'policy',
    title: 'Include command line in process creation events',
    channel: security,
    eventIds: [4688],
    field: 'CommandLine',
    rhythm: 'daily',
    byDefault: 'off',
    cost: 1,
    command: `reg add "${KEY}" /v ProcessCreationIncludeCmdLine_Enabled /t REG_DWORD /d 1 /f`,
    groupPolicy:
      'Computer Configuration > Policies > Administrative Templates > System > Audit Process Creation > Include command line in process creation events',
    registry: `${KEY}\\ProcessCreationIncludeCmdLine_Enabled = 1 (REG_DWORD)`,
    source:
      'https://learn.microsoft.com/en-us/windows-server/identity/ad-ds/manage/component-updates/command-line-process-auditing',
  },
];
