/**
 * Security 4688 (a process has been created) in the names of Sysmon 1: many networks log the one and have
 * not the other. Compared with Sysmon on 673 processes that both recorded: LogonId and User equal in all,
 * IntegrityLevel in all but the AppContainer ones (which 4688 calls Low).
 */
import type { View } from '../view.ts';
import { decimalOf, effectiveLogonId, integrityOf, userOf } from './conversions.ts';

export const security4688: View = {
  name: 'security-4688',
  label: 'Security 4688',
  fields: new Map([
    ['Image', { kind: 'rename', from: 'NewProcessName' }],
    ['ParentImage', { kind: 'rename', from: 'ParentProcessName' }],
    ['ProcessId', { kind: 'derived', from: ['NewProcessId'], derive: ([id]) => decimalOf(id) }],
    // 4688 calls the parent, which it was written about by, plainly ProcessId.
    ['ParentProcessId', { kind: 'derived', from: ['ProcessId'], derive: ([id]) => decimalOf(id) }],
    [
      'LogonId',
      {
        kind: 'derived',
        from: ['TargetLogonId', 'SubjectLogonId'],
        derive: ([target, subject]) => {
          const id = effectiveLogonId(target, subject);
          return id === undefined ? undefined : [id];
        },
      },
    ],
    [
      'User',
      {
        kind: 'derived',
        from: [
          'TargetLogonId',
          'SubjectLogonId',
          'TargetDomainName',
          'TargetUserName',
          'SubjectDomainName',
          'SubjectUserName',
        ],
        derive: userOf,
      },
    ],
    ['IntegrityLevel', { kind: 'derived', from: ['MandatoryLabel'], derive: ([sid]) => integrityOf(sid) }],
  ]),
  absent: new Set([
    'RuleName',
    'UtcTime',
    'ProcessGuid',
    'FileVersion',
    'Description',
    'Product',
    'Company',
    'OriginalFileName',
    'CurrentDirectory',
    'LogonGuid',
    'TerminalSessionId',
    'Hashes',
    'ParentProcessGuid',
    'ParentCommandLine',
    'ParentUser',
  ]),
};
