/**
 * Audit policy: which subcategory of Windows' auditing writes which events of the Security log. Subcategories are named by
 * GUID, because their names are translated with Windows. GUIDs are those of [MS-GPAC] 2.2.1.2. What is on by default is from
 * Microsoft's "System audit policy recommendations" (clients, servers); where that page leaves its column empty, from the
 * policy's own words in the editor ("Default values on Server editions"), which also count for credential validation, where
 * they say Success and the page says No. Event ids of a row are those of its subcategory; where one of
 * them is written under others too, it says so.
 */
import { security } from '../logsources/index.ts';
import type { LogSetting } from './types.ts';

const ADVANCED =
  'Computer Configuration > Policies > Windows Settings > Security Settings > Advanced Audit Policy Configuration > Audit Policies';
const PAGES =
  'https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing';
const RECOMMENDATIONS =
  'https://learn.microsoft.com/en-us/windows-server/identity/ad-ds/plan/security-best-practices/audit-policy-recommendations';

/** Success and failure, or success alone where failures would only add volume or are never written. */
const BOTH = '/success:enable /failure:enable';
const SUCCESS = '/success:enable';

type Row = Pick<LogSetting, 'id' | 'title' | 'eventIds' | 'rhythm' | 'byDefault' | 'cost' | 'source'> &
  Partial<Pick<LogSetting, 'onlyOn' | 'configuration' | 'evenOff'>> & {
    /** First group of the subcategory's GUID; the rest is the same for all of them. */
    readonly guid: string;
    /** Where it stands in the editor of policies: category and subcategory. */
    readonly place: string;
    readonly outcomes: string;
  };

export const auditPolicy: readonly LogSetting[] = rows([
  {
    id: 'audit-process-creation',
    title: 'Audit Process Creation',
    guid: '0CCE922B',
    place: 'Detailed Tracking > Audit Process Creation',
    outcomes: SUCCESS,
    eventIds: [4688],
    rhythm: 'daily',
    byDefault: 'off',
    // Since Windows 10 the kernel audits until it is told the policy ("What's new in Windows 10 LTSC 2015").
    evenOff: 'process starts of a boot, before the policy is read',
    // One command; some thousand events a day of a workstation, more where software is built.
    cost: 2,
    source: `${PAGES}/audit-process-creation`,
  },
  {
    id: 'audit-logon',
    title: 'Audit Logon',
    guid: '0CCE9215',
    place: 'Logon/Logoff > Audit Logon',
    outcomes: BOTH,
    eventIds: [4624, 4648, 4675],
    rhythm: 'daily',
    byDefault: 'on',
    cost: 2,
    source: RECOMMENDATIONS,
  },
  {
    // The same subcategory, but successes do not show that failures are written too.
    id: 'audit-logon-failure',
    title: 'Audit Logon, failures',
    guid: '0CCE9215',
    place: 'Logon/Logoff > Audit Logon',
    outcomes: BOTH,
    eventIds: [4625],
    rhythm: 'rare',
    // Clients before Windows 10 1809 write successes alone.
    byDefault: 'on',
    cost: 1,
    source: RECOMMENDATIONS,
  },
  {
    id: 'audit-other-logon-logoff',
    title: 'Audit Other Logon/Logoff Events',
    guid: '0CCE921C',
    place: 'Logon/Logoff > Audit Other Logon/Logoff Events',
    outcomes: BOTH,
    eventIds: [4649, 4778, 4779, 4800, 4801, 4802, 4803, 5378, 5632, 5633],
    rhythm: 'rare',
    byDefault: 'off',
    cost: 1,
    source: `${PAGES}/audit-other-logonlogoff-events`,
  },
  {
    id: 'audit-network-policy-server',
    title: 'Audit Network Policy Server',
    guid: '0CCE9243',
    place: 'Logon/Logoff > Audit Network Policy Server',
    outcomes: BOTH,
    eventIds: [6272, 6273, 6274, 6275, 6276, 6277, 6278, 6279, 6280],
    rhythm: 'daily',
    byDefault: 'on',
    onlyOn: 'policy-servers',
    cost: 2,
    source: RECOMMENDATIONS,
  },
  {
    id: 'audit-credential-validation',
    title: 'Audit Credential Validation',
    guid: '0CCE923F',
    place: 'Account Logon > Audit Credential Validation',
    outcomes: BOTH,
    // On a host that is no controller only of its local accounts, and so hardly ever.
    eventIds: [4774, 4775, 4776, 4777],
    rhythm: 'rare',
    byDefault: 'servers',
    cost: 3,
    source: `${PAGES}/audit-credential-validation`,
  },
  {
    id: 'audit-kerberos-authentication',
    title: 'Audit Kerberos Authentication Service',
    guid: '0CCE9242',
    place: 'Account Logon > Audit Kerberos Authentication Service',
    outcomes: BOTH,
    eventIds: [4768],
    rhythm: 'daily',
    byDefault: 'controllers',
    onlyOn: 'controllers',
    cost: 3,
    source: `${PAGES}/audit-kerberos-authentication-service`,
  },
  {
    // 4771 and 4772 are failures; the default is success alone.
    id: 'audit-kerberos-authentication-failure',
    title: 'Audit Kerberos Authentication Service, failures',
    guid: '0CCE9242',
    place: 'Account Logon > Audit Kerberos Authentication Service',
    outcomes: BOTH,
    eventIds: [4771, 4772],
    rhythm: 'rare',
    byDefault: 'off',
    onlyOn: 'controllers',
    cost: 2,
    source: `${PAGES}/audit-kerberos-authentication-service`,
  },
  {
    id: 'audit-kerberos-service-ticket',
    title: 'Audit Kerberos Service Ticket Operations',
    guid: '0CCE9240',
    place: 'Account Logon > Audit Kerberos Service Ticket Operations',
    outcomes: BOTH,
    eventIds: [4769, 4770, 4773],
    rhythm: 'daily',
    byDefault: 'controllers',
    onlyOn: 'controllers',
    // Microsoft: very high volume on controllers.
    cost: 4,
    source: `${PAGES}/audit-kerberos-service-ticket-operations`,
  },
  {
    id: 'audit-security-group-management',
    title: 'Audit Security Group Management',
    guid: '0CCE9237',
    place: 'Account Management > Audit Security Group Management',
    outcomes: BOTH,
    eventIds: [
      4727, 4728, 4729, 4730, 4731, 4732, 4733, 4734, 4735, 4737, 4754, 4755, 4756, 4757, 4758, 4764, 4799,
    ],
    rhythm: 'rare',
    byDefault: 'on',
    cost: 1,
    source: 'https://learn.microsoft.com/en-us/windows/client-management/mdm/policy-csp-audit',
  },
  {
    id: 'audit-user-account-management',
    title: 'Audit User Account Management',
    guid: '0CCE9235',
    place: 'Account Management > Audit User Account Management',
    outcomes: BOTH,
    eventIds: [
      4720, 4722, 4723, 4724, 4725, 4726, 4738, 4740, 4765, 4766, 4767, 4780, 4781, 4794, 4798, 5376, 5377,
    ],
    rhythm: 'rare',
    byDefault: 'on',
    cost: 1,
    source: `${PAGES}/audit-user-account-management`,
  },
  {
    id: 'audit-policy-change',
    title: 'Audit Audit Policy Change',
    guid: '0CCE922F',
    place: 'Policy Change > Audit Audit Policy Change',
    outcomes: BOTH,
    eventIds: [4715, 4719, 4817, 4902, 4904, 4905, 4906, 4907, 4908, 4912],
    rhythm: 'rare',
    byDefault: 'on',
    cost: 1,
    source: `${PAGES}/audit-audit-policy-change`,
  },
  {
    id: 'audit-other-object-access',
    title: 'Audit Other Object Access Events',
    guid: '0CCE9227',
    place: 'Object Access > Audit Other Object Access Events',
    outcomes: BOTH,
    eventIds: [4671, 4691, 4698, 4699, 4700, 4701, 4702, 5148, 5149, 5888, 5889, 5890],
    rhythm: 'rare',
    byDefault: 'off',
    cost: 2,
    source: `${PAGES}/audit-other-object-access-events`,
  },
  {
    id: 'audit-directory-service-access',
    title: 'Audit Directory Service Access',
    guid: '0CCE923B',
    place: 'DS Access > Audit Directory Service Access',
    outcomes: BOTH,
    eventIds: [4662],
    // The directory's root carries audit entries of its own, and every administrator's tool touches them.
    rhythm: 'daily',
    byDefault: 'controllers',
    onlyOn: 'controllers',
    cost: 3,
    source: `${PAGES}/basic-audit-directory-service-access`,
  },
  {
    id: 'audit-file-system',
    title: 'Audit File System, with audit entries on what is worth it',
    guid: '0CCE921D',
    place: 'Object Access > Audit File System',
    outcomes: BOTH,
    // Registry and kernel objects write the same ids.
    eventIds: [4656, 4663],
    rhythm: 'rare',
    byDefault: 'off',
    // The command alone writes next to nothing: it needs an audit entry on each folder, and those are work.
    cost: 3,
    configuration:
      'an audit entry (Properties > Security > Advanced > Auditing: Everyone, Success, Read data and Write data) on %SystemRoot%\\NTDS, %SystemRoot%\\System32\\config and the folders with what must not leave',
    source: `${PAGES}/audit-file-system`,
  },
  {
    id: 'audit-registry',
    title: 'Audit Registry, with audit entries on what is worth it',
    guid: '0CCE921E',
    place: 'Object Access > Audit Registry',
    outcomes: BOTH,
    eventIds: [4656, 4657, 4663],
    rhythm: 'rare',
    byDefault: 'off',
    cost: 3,
    configuration:
      'an audit entry (regedit > Permissions > Advanced > Auditing: Everyone, Success, Set Value, Query Value and Create Subkey) on HKLM\\SAM, HKLM\\SECURITY and HKLM\\SYSTEM\\CurrentControlSet\\Services\\PortProxy',
    source: `${PAGES}/audit-registry`,
  },
  {
    id: 'audit-kernel-object',
    title: 'Audit Kernel Object (who opened LSASS)',
    guid: '0CCE921F',
    place: 'Object Access > Audit Kernel Object',
    outcomes: SUCCESS,
    eventIds: [4656, 4663],
    rhythm: 'rare',
    byDefault: 'off',
    // LSASS carries an audit entry for reads of its memory since Windows 10, so that this one needs no further work.
    cost: 2,
    source: 'https://learn.microsoft.com/en-us/windows/whats-new/ltsc/whats-new-windows-10-2015',
  },
  {
    id: 'audit-sam',
    title: 'Audit SAM',
    guid: '0CCE9220',
    place: 'Object Access > Audit SAM',
    outcomes: SUCCESS,
    // Of directory objects it is written under Directory Service Access as well.
    eventIds: [4661],
    rhythm: 'rare',
    byDefault: 'off',
    // Microsoft: high volume on domain controllers.
    cost: 4,
    source: `${PAGES}/audit-sam`,
  },
  {
    id: 'audit-file-share',
    title: 'Audit File Share',
    guid: '0CCE9224',
    place: 'Object Access > Audit File Share',
    outcomes: BOTH,
    // Daily on servers and controllers; a workstation that shares nothing writes none.
    eventIds: [5140, 5142, 5143, 5144, 5168],
    rhythm: 'rare',
    byDefault: 'off',
    cost: 3,
    source: `${PAGES}/audit-file-share`,
  },
  {
    id: 'audit-detailed-file-share',
    title: 'Audit Detailed File Share',
    guid: '0CCE9244',
    place: 'Object Access > Audit Detailed File Share',
    outcomes: BOTH,
    eventIds: [5145],
    rhythm: 'rare',
    byDefault: 'off',
    // One event for each file that anybody opens over the network.
    cost: 4,
    source: `${PAGES}/audit-detailed-file-share`,
  },
  {
    id: 'audit-filtering-platform-connection',
    title: 'Audit Filtering Platform Connection',
    guid: '0CCE9226',
    place: 'Object Access > Audit Filtering Platform Connection',
    outcomes: SUCCESS,
    eventIds: [5031, 5150, 5151, 5154, 5155, 5156, 5157, 5158, 5159],
    rhythm: 'daily',
    byDefault: 'off',
    // Each connection of the host: only for few servers, and with a large log.
    cost: 5,
    source: `${PAGES}/audit-filtering-platform-connection`,
  },
  {
    id: 'audit-security-system-extension',
    title: 'Audit Security System Extension (services installed)',
    guid: '0CCE9211',
    place: 'System > Audit Security System Extension',
    outcomes: SUCCESS,
    eventIds: [4610, 4611, 4614, 4622, 4697],
    rhythm: 'rare',
    byDefault: 'off',
    cost: 1,
    source: `${PAGES}/audit-security-system-extension`,
  },
  {
    // VSSAudit reports through this interface, which asks that auditing of object access is on.
    id: 'audit-application-generated',
    title: 'Audit Application Generated (shadow copies made)',
    guid: '0CCE9222',
    place: 'Object Access > Audit Application Generated',
    outcomes: SUCCESS,
    eventIds: [8222],
    rhythm: 'rare',
    byDefault: 'off',
    cost: 1,
    source: 'https://learn.microsoft.com/en-us/windows/win32/api/authz/nf-authz-authzreportsecurityevent',
  },
]);

function rows(table: readonly Row[]): readonly LogSetting[] {
  return table.map(({ guid, place, outcomes, ...row }) => ({
    ...row,
    kind: 'audit-policy',
    channel: security,
    field: null,
    command: `auditpol /set /subcategory:{${guid}-69AE-11D9-BED3-505054503030} ${outcomes}`,
    groupPolicy: `${ADVANCED} > ${place}`,
  }));
}
