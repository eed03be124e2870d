/** Names of the Windows channels that more than one table speaks of, as Windows writes them. */
export const security = 'Security';
export const sysmon = 'Microsoft-Windows-Sysmon/Operational';
export const powershell: readonly string[] = [
  'Microsoft-Windows-PowerShell/Operational',
  'PowerShellCore/Operational',
];
export const powershellClassic = 'Windows PowerShell';
export const defender = 'Microsoft-Windows-Windows Defender/Operational';
