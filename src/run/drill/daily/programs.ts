/** What people and machines run on ordinary days. */
import type { serviceControl } from '../events/index.ts';

type Program = readonly [image: string, commandLine: string];

const system32 = 'C:\\Windows\\System32\\';

export const officePrograms: readonly Program[] = [
  [
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE',
    '"C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE" ',
  ],
  [
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE',
    '"C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE" /dde',
  ],
  [
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    '"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE" /n "C:\\Users\\Public\\Documents\\Notes.docx"',
  ],
  [
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    '"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe" --profile-directory=Default',
  ],
  [
    'C:\\Program Files\\7-Zip\\7zFM.exe',
    '"C:\\Program Files\\7-Zip\\7zFM.exe" "C:\\Users\\Public\\Downloads\\drawings.zip"',
  ],
  [`${system32}notepad.exe`, '"C:\\Windows\\system32\\NOTEPAD.EXE" C:\\Users\\Public\\Documents\\todo.txt'],
  [`${system32}SnippingTool.exe`, '"C:\\Windows\\system32\\SnippingTool.exe"'],
  [`${system32}calc.exe`, '"C:\\Windows\\System32\\calc.exe" '],
];

/** What the system starts by itself. */
export const systemPrograms: readonly Program[] = [
  [`${system32}svchost.exe`, 'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s wuauserv'],
  [`${system32}svchost.exe`, 'C:\\Windows\\System32\\svchost.exe -k wsappx -p -s ClipSVC'],
  [`${system32}taskhostw.exe`, 'taskhostw.exe'],
  [`${system32}gpupdate.exe`, 'gpupdate.exe /target:computer'],
  [
    `${system32}dllhost.exe`,
    'C:\\Windows\\system32\\DllHost.exe /Processid:{3EB3C877-1F16-487C-9050-104DBCD66683}',
  ],
  [
    'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24090.11-0\\MpCmdRun.exe',
    '"C:\\ProgramData\\Microsoft\\Windows Defender\\platform\\4.18.24090.11-0\\MpCmdRun.exe" SignaturesUpdateService -ScheduleJob',
  ],
  [`${system32}wbem\\WmiPrvSE.exe`, 'C:\\Windows\\system32\\wbem\\wmiprvse.exe -Embedding'],
  [`${system32}sc.exe`, 'C:\\Windows\\system32\\sc.exe start w32time task_started'],
  [
    `${system32}rundll32.exe`,
    'C:\\Windows\\system32\\rundll32.exe C:\\Windows\\system32\\PcaSvc.dll,PcaPatchSdbTask',
  ],
  [`${system32}CompatTelRunner.exe`, 'C:\\Windows\\system32\\compattelrunner.exe'],
];

/** A name in System32 or a path, and what is typed. */
export const adminCommands: readonly Program[] = [
  ['ipconfig.exe', 'ipconfig  /all'],
  ['ipconfig.exe', 'ipconfig  /flushdns'],
  ['PING.EXE', 'ping  -n 4 10.0.0.1'],
  ['nslookup.exe', 'nslookup  intranet'],
  ['whoami.exe', 'whoami  /groups'],
  ['hostname.exe', 'hostname'],
  ['gpupdate.exe', 'gpupdate  /force'],
  ['gpresult.exe', 'gpresult  /r'],
  ['quser.exe', 'quser'],
  ['tasklist.exe', 'tasklist  /svc'],
  ['NETSTAT.EXE', 'netstat  -ano'],
  ['systeminfo.exe', 'systeminfo'],
  ['net.exe', 'net  use'],
  ['net.exe', 'net  group "Domain Admins" /domain'],
  ['net.exe', 'net  localgroup administrators'],
  ['net.exe', 'net  stop spooler'],
  ['net.exe', 'net  start spooler'],
  ['nltest.exe', 'nltest  /dsgetdc:'],
  ['nltest.exe', 'nltest  /domain_trusts'],
  ['repadmin.exe', 'repadmin  /replsummary'],
  ['dcdiag.exe', 'dcdiag  /q'],
  ['netsh.exe', 'netsh  advfirewall show allprofiles'],
  ['netsh.exe', 'netsh  interface ipv4 show config'],
  ['netsh.exe', 'netsh  winhttp show proxy'],
  ['wevtutil.exe', 'wevtutil  qe System /c:20 /rd:true /f:text'],
  ['vssadmin.exe', 'vssadmin  list shadows'],
  ['vssadmin.exe', 'vssadmin  list writers'],
  ['wbem\\WMIC.exe', 'wmic  qfe list brief'],
  ['wbem\\WMIC.exe', 'wmic  logicaldisk get caption,freespace,size'],
  ['wbem\\WMIC.exe', 'wmic  bios get serialnumber'],
  ['sc.exe', 'sc  query state= all'],
  ['reg.exe', 'reg  query "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion" /v ReleaseId'],
  ['Robocopy.exe', 'robocopy  D:\\Install \\\\intranet\\install /MIR /R:1 /W:1'],
  ['certutil.exe', 'certutil  -hashfile D:\\Install\\agent.msi SHA256'],
  ['schtasks.exe', 'schtasks  /query /fo LIST'],
  ['mmc.exe', '"C:\\Windows\\system32\\mmc.exe" "C:\\Windows\\system32\\dsa.msc" '],
  ['mmc.exe', '"C:\\Windows\\system32\\mmc.exe" "C:\\Windows\\system32\\eventvwr.msc" /s'],
  ['mmc.exe', '"C:\\Windows\\system32\\mmc.exe" C:\\Windows\\system32\\services.msc'],
  ['ServerManager.exe', '"C:\\Windows\\system32\\ServerManager.exe" '],
  ['Taskmgr.exe', '"C:\\Windows\\system32\\taskmgr.exe" /7'],
];

export const adminScripts: readonly string[] = [
  "Get-ADUser -Filter 'Enabled -eq $true' -Properties LastLogonDate | Sort-Object LastLogonDate | Select-Object -First 20",
  'Get-Service | Where-Object { $_.StartType -eq "Automatic" -and $_.Status -ne "Running" }',
  'Get-ChildItem D:\\Shares -Recurse -ErrorAction SilentlyContinue | Measure-Object -Property Length -Sum',
  'Test-NetConnection -Port 443 -ComputerName intranet',
  'Get-WinEvent -LogName System -MaxEvents 40 | Format-Table -AutoSize',
  'Get-ADGroupMember "Domain Admins" | Select-Object Name',
  'Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 5',
  'Unlock-ADAccount -Identity $user',
];

export const services: readonly serviceControl.Service[] = [
  ['wuauserv', 'Windows Update'],
  ['sppsvc', 'Software Protection'],
  ['BITS', 'Background Intelligent Transfer Service'],
  ['W32Time', 'Windows Time'],
  ['TrustedInstaller', 'Windows Modules Installer'],
  ['WinHttpAutoProxySvc', 'WinHTTP Web Proxy Auto-Discovery Service'],
  ['msiserver', 'Windows Installer'],
  ['smphost', 'Microsoft Storage Spaces SMP'],
];

export const products: readonly string[] = [
  'Microsoft Visual C++ 2022 X64 Minimum Runtime - 14.38.33130',
  'Backup Agent 12.1',
  'Monitoring Agent 24.3',
  'Historian Client 9.2',
  'Microsoft Edge',
  'Site Certificates',
];
