/**
 * What PowerShell writes of what it runs. Both logs are on from the start, yet hold little: script blocks and pipelines are
 * written in full only under a policy. A day without PowerShell writes none of these.
 */
import { powershell, powershellClassic } from '../logsources/index.ts';
import type { LogSetting } from './types.ts';

const [windowsPowershell, powershellCore] = powershell as readonly [string, string];

const PLACE =
  'Computer Configuration > Policies > Administrative Templates > Windows Components > Windows PowerShell';
const CORE_PLACE = 'Computer Configuration > Policies > Administrative Templates > PowerShell Core';
const KEY = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell';
const CORE_KEY = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\PowerShellCore';
const CORE_SOURCE =
  'https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_logging_windows';
const SOURCE =
  'https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_logging?view=powershell-5.1';

export const powershellPolicies: readonly LogSetting[] = [
  {
    ...scriptBlocks(KEY, PLACE, 'Turn on PowerShell Script Block Logging'),
    id: 'powershell-script-blocks',
    channel: windowsPowershell,
    source: SOURCE,
  },
  {
    ...modules(KEY, PLACE),
    id: 'powershell-modules',
    channel: windowsPowershell,
    eventIds: [4103],
    source: SOURCE,
  },
  {
    // The same policy writes both logs; the classic one is the shorter-lived on many hosts, the longer-lived on others.
    ...modules(KEY, PLACE),
    id: 'powershell-modules-classic',
    channel: powershellClassic,
    eventIds: [800],
    source: SOURCE,
  },
  {
    ...scriptBlocks(CORE_KEY, CORE_PLACE, 'Turn on PowerShell Script Block Logging'),
    id: 'powershell-core-script-blocks',
    channel: powershellCore,
    configuration:
      '& $PSHOME\\RegisterManifest.ps1, once, as administrator: PowerShell 7 registers no provider by itself',
    source: CORE_SOURCE,
  },
  {
    ...modules(CORE_KEY, CORE_PLACE),
    id: 'powershell-core-modules',
    channel: powershellCore,
    eventIds: [4103],
    configuration:
      '& $PSHOME\\RegisterManifest.ps1, once, as administrator: PowerShell 7 registers no provider by itself',
    source: CORE_SOURCE,
  },
];

type Policy = Omit<LogSetting, 'id' | 'channel' | 'source'>;

function scriptBlocks(key: string, place: string, policy: string): Policy {
  return {
    kind: 'policy',
    title: policy,
    eventIds: [4104],
    field: null,
    rhythm: 'rare',
    byDefault: 'off',
    evenOff: 'script blocks that PowerShell 5 and later finds suspicious',
    // One value; each block is written once a session, so that it stays moderate where no product runs scripts all day.
    cost: 2,
    command: `reg add "${key}\\ScriptBlockLogging" /v EnableScriptBlockLogging /t REG_DWORD /d 1 /f`,
    groupPolicy: `${place} > ${policy}`,
    registry: `${key}\\ScriptBlockLogging\\EnableScriptBlockLogging = 1 (REG_DWORD)`,
  };
}

function modules(key: string, place: string): Omit<Policy, 'eventIds'> {
  return {
    kind: 'policy',
    title: 'Turn on Module Logging, for all modules',
    field: null,
    rhythm: 'rare',
    byDefault: 'off',
    // Each command of each pipeline.
    cost: 3,
    command: `reg add "${key}\\ModuleLogging" /v EnableModuleLogging /t REG_DWORD /d 1 /f && reg add "${key}\\ModuleLogging\\ModuleNames" /v "*" /t REG_SZ /d "*" /f`,
    groupPolicy: `${place} > Turn on Module Logging, Module Names: *`,
    registry: `${key}\\ModuleLogging\\EnableModuleLogging = 1 (REG_DWORD), ${key}\\ModuleLogging\\ModuleNames\\* = * (REG_SZ)`,
  };
}
