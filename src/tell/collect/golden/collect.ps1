# Huntaway: collect the event logs of this host
# =============================================
# Printed by huntaway 0.1.0 at 2026-03-01T08:00:00.000Z. Script 5af54681-df95-4c26-854f-2565e13cfab0.
#
# WHAT IT DOES
#   Exports event log channels (wevtutil epl), hashes each file with SHA-256, and writes beside them a
#   manifest: which host, which clock, what was logged and for how long, what could not be had.
#   Everything goes into one new folder, huntaway-HOST-TIME-MARKER, below:
#     .
#
# WHAT IT DOES NOT DO
#   It changes no setting, clears and deletes nothing, stops and starts nothing, installs nothing.
#   It sends nothing anywhere, and asks no other host. It writes only below its folder.
#   Its commands leave traces in the logs of this host, as every command does: the marker in the name of
#   the folder and the number of the script above let a hunt tell them from those of others.
#
# HOW TO REVIEW IT
#   Read it: it is short. It runs these programs and no others:
#     wevtutil el             names of the channels there are
#     wevtutil epl            export of a channel
#     auditpol /get           what the host audits
#     w32tm /query            the state of its clock
#   Endpoint protection may ask about exports of logs: tell those who watch it before you run this.
#
# HOW TO RUN IT
#   As an administrator: without, the Security log cannot be read; what was refused stands in the manifest.
#   Check that the disk has room: the logs it exports are as large again as they are now.
#   Better another volume than that of the logs, so that free space on this one is not written over.
#   In a PowerShell started as administrator, in the folder that holds this file:
#       powershell -NoProfile -File .\collect.ps1
#   Where the execution policy refuses scripts, allow this one run, not all: start PowerShell with
#   -ExecutionPolicy RemoteSigned -NoProfile -File .\collect.ps1 (it ends with that process). A policy set
#   by your organisation still holds: ask those who set it. Do not loosen it for the host.
#   Where PowerShell runs in constrained language mode, print the other script: --format cmd
#
# ON PLANT NETWORKS (OT)
#   Ask the control room first. Do not run it on controllers or operator stations (HMI) without the word of
#   their vendor: exporting a large log costs disk and processor time for minutes.
#
# HOW TO BRING IT BACK
#   Copy the whole folder as it is, or pack it into a zip, and give it to: huntaway hunt FOLDER --rules RULES
#   The manifest must stay beside the logs. Keep the SHA-256 of the manifest that is shown at the end apart
#   from the folder: it vouches for all the others.

# ---- 1. What was asked for [5af54681-df95-4c26-854f-2565e13cfab0]

$scriptId = '5af54681-df95-4c26-854f-2565e13cfab0'
$scriptVersion = 1
$generator = 'huntaway 0.1.0'
$printed = '2026-03-01T08:00:00.000Z'
# The folder of this collection is made in this one.
$parent = '.'
# Which records; empty for all of them.
$query = ''
# Every enabled channel that holds records, instead of the list.
$everyChannel = $false
$channels = @(
    # logons, process starts (4688), share access, account changes, log cleared (1102)
    'Security'
    # services installed (7045), other logs cleared (104), restarts, time changes
    'System'
    # ESENT 216, 325-327: the trace of a copied NTDS.dit that needs no audit policy
    'Application'
    # process, network, file and registry events, where Sysmon is
    'Microsoft-Windows-Sysmon/Operational'
    # script blocks (4104) and module calls (4103)
    'Microsoft-Windows-PowerShell/Operational'
    # the same of PowerShell 7
    'PowerShellCore/Operational'
    # classic log: engine starts with their command line (400, 600, 800)
    'Windows PowerShell'
    # remote sessions with source address (21, 24, 25); outlives the Security log
    'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational'
    # remote desktop connections that named a user (1149)
    'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational'
    # remote desktop to other hosts (1024, 1102)
    'Microsoft-Windows-TerminalServices-RDPClient/Operational'
    # addresses that opened a session (131)
    'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational'
    # WMI by other hosts, consumers, failed calls (5857-5861)
    'Microsoft-Windows-WMI-Activity/Operational'
    # tasks registered and started (106, 200)
    'Microsoft-Windows-TaskScheduler/Operational'
    # PowerShell remoting, both ends (6, 91)
    'Microsoft-Windows-WinRM/Operational'
    # detections, exclusions, protection switched off
    'Microsoft-Windows-Windows Defender/Operational'
    # rules added and changed (2004-2006): port proxies and tunnels
    'Microsoft-Windows-Windows Firewall With Advanced Security/Firewall'
    # NTLM logons by server and account (8001-8004)
    'Microsoft-Windows-NTLM/Operational'
    # refused and odd access to shares
    'Microsoft-Windows-SMBServer/Security'
    # shares added, sessions
    'Microsoft-Windows-SMBServer/Operational'
    # who reached the server
    'Microsoft-Windows-SMBServer/Connectivity'
    # clients of old protocol versions, by address
    'Microsoft-Windows-SMBServer/Audit'
    # shares of other hosts: refused access, guest logons
    'Microsoft-Windows-SmbClient/Security'
    # shares of other hosts: what was reached
    'Microsoft-Windows-SmbClient/Connectivity'
    # shares of other hosts: sessions
    'Microsoft-Windows-SmbClient/Operational'
    # downloads by BITS (59, 60)
    'Microsoft-Windows-Bits-Client/Operational'
    # drivers and programs with a bad or no signature
    'Microsoft-Windows-CodeIntegrity/Operational'
    # programs that ran or were stopped, where AppLocker is
    'Microsoft-Windows-AppLocker/EXE and DLL'
    # scripts and installers
    'Microsoft-Windows-AppLocker/MSI and Script'
    # packaged apps
    'Microsoft-Windows-AppLocker/Packaged app-Deployment'
    # packaged apps
    'Microsoft-Windows-AppLocker/Packaged app-Execution'
    # print spooler errors: drivers that failed to load (808)
    'Microsoft-Windows-PrintService/Admin'
    # printer drivers added (316)
    'Microsoft-Windows-PrintService/Operational'
    # names asked for (3008), where switched on
    'Microsoft-Windows-DNS-Client/Operational'
    # the same under its other name
    'Microsoft-Windows-DNS Client Events/Operational'
    # zones changed, plug-in DLLs (150, 770)
    'DNS Server'
    # records, zones and settings changed
    'Microsoft-Windows-DNS-Server/Audit'
    # addresses this host had
    'Microsoft-Windows-Dhcp-Client/Admin'
    # leases: which host had an address when; DLLs (1031-1034)
    'Microsoft-Windows-DHCP-Server/Operational'
    # hosts that were refused a lease
    'Microsoft-Windows-Dhcp-Server/FilterNotifications'
    # SSH logons and tunnels
    'OpenSSH/Operational'
    # SSH errors
    'OpenSSH/Admin'
    # Exchange commands: mailbox exports, web shells by export
    'MSExchange Management'
    # directory database: copies, replication partners, LDAP clients
    'Directory Service'
    # SYSVOL replication: scripts and policies spread
    'DFS Replication'
    # the same before Server 2008
    'File Replication Service'
    # events of other hosts, where this one collects them
    'ForwardedEvents'
    # certificates checked and keys used, where switched on
    'Microsoft-Windows-CAPI2/Operational'
    # certificates exported (1007)
    'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational'
    # credential access refused, groups of logons
    'Microsoft-Windows-LSA/Operational'
    # protected users refused weaker logons
    'Microsoft-Windows-Authentication/ProtectedUser-Client'
    # the same on the domain controller
    'Microsoft-Windows-Authentication/ProtectedUserFailures-DomainController'
    # Kerberos errors, where switched on
    'Microsoft-Windows-Kerberos/Operational'
    # which policies and scripts were applied
    'Microsoft-Windows-GroupPolicy/Operational'
    # volumes mounted, shadow copies among them
    'Microsoft-Windows-Ntfs/Operational'
    # disk images mounted
    'Microsoft-Windows-VHDMP/Operational'
    # shadow copies made and deleted
    'Microsoft-Windows-VolumeSnapshot-Driver/Operational'
    # disks and sticks attached (1006)
    'Microsoft-Windows-Partition/Diagnostic'
    # devices attached
    'Microsoft-Windows-DriverFrameworks-UserMode/Operational'
    # programs that ran (500, 505)
    'Microsoft-Windows-Application-Experience/Program-Telemetry'
    # programs that ran
    'Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant'
    # programs started at logon (9707, 9708)
    'Microsoft-Windows-Shell-Core/Operational'
    # programs stopped by exploit protection
    'Microsoft-Windows-Security-Mitigations/Kernel Mode'
    # programs stopped by exploit protection
    'Microsoft-Windows-Security-Mitigations/User Mode'
    # Defender for Endpoint: sensor stopped or changed
    'Microsoft-Windows-SENSE/Operational'
    # packaged apps installed
    'Microsoft-Windows-AppXDeploymentServer/Operational'
    # packaged apps, their signatures
    'Microsoft-Windows-AppxPackaging/Operational'
    # packaged apps started
    'Microsoft-Windows-AppModel-Runtime/Admin'
    # encryption switched on or off
    'Microsoft-Windows-BitLocker/BitLocker Management'
    # troubleshooting packages that ran
    'Microsoft-Windows-Diagnosis-Scripted/Operational'
    # virtual machines started
    'Microsoft-Windows-Hyper-V-Worker-Admin'
    # web server: modules and handlers added
    'Microsoft-IIS-Configuration/Operational'
    # message bus clients: cloud relays
    'Microsoft-ServiceBus-Client/Admin'
    # message bus clients: cloud relays
    'Microsoft-ServiceBus-Client/Operational'
    # programs run with a compatibility shim
    'Microsoft-Windows-Kernel-ShimEngine/Operational'
    # updates and roles installed
    'Setup'
)

# ---- 2. Helpers [5af54681-df95-4c26-854f-2565e13cfab0]

$ErrorActionPreference = 'Stop'
$invariant = [System.Globalization.CultureInfo]::InvariantCulture
$system = Join-Path $env:SystemRoot 'System32'
$commands = New-Object System.Collections.ArrayList
$problems = New-Object System.Collections.ArrayList

# 2026-03-01T08:00:00.1234567Z
function Get-UtcText($Moment) {
    return ([datetime]$Moment).ToUniversalTime().ToString('o', $invariant)
}

# Notes what went wrong and goes on: a collection with a gap that is named is better than none.
function Write-Problem([string]$Step, $Problem) {
    $entry = New-Object System.Collections.Specialized.OrderedDictionary
    $entry['step'] = $Step
    $entry['message'] = [string]$Problem
    [void]$problems.Add($entry)
    Write-Host ('  ! ' + $Step + ': ' + [string]$Problem)
}

# Runs one of Windows' own programs by its full path; gives its exit code and what it printed.
function Read-Tool([string]$Tool, [string[]]$Words) {
    $path = Join-Path $system $Tool
    $shown = @($path) + $Words | ForEach-Object { if ($_ -match '\s') { '"' + $_ + '"' } else { $_ } }
    [void]$commands.Add(($shown -join ' '))
    # What a program writes to standard error is no reason to stop.
    $ErrorActionPreference = 'Continue'
    $lines = @(& $path $Words 2>&1 | ForEach-Object { [string]$_ } | Where-Object { $_ -ne '' })
    return @{ Code = $LASTEXITCODE; Lines = $lines }
}

# Objects of a WMI class of this host.
function Read-Class([string]$Class) {
    if (Get-Command 'Get-CimInstance' -ErrorAction SilentlyContinue) { return Get-CimInstance -ClassName $Class }
    return Get-WmiObject -Class $Class
}

# SHA-256 of a file, in lower case.
function Read-Sha256([string]$Path) {
    if (Get-Command 'Get-FileHash' -ErrorAction SilentlyContinue) {
        return (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash.ToLowerInvariant()
    }
    # The one implementation that hosts in FIPS mode accept.
    $sha256 = New-Object System.Security.Cryptography.SHA256CryptoServiceProvider
    $stream = [System.IO.File]::OpenRead($Path)
    try { return [System.BitConverter]::ToString($sha256.ComputeHash($stream)).Replace('-', '').ToLowerInvariant() }
    finally { $stream.Close() }
}

# Time of the oldest or newest record of a channel; nothing where it has none.
function Read-Edge([string]$Name, [bool]$Oldest) {
    try {
        if ($Oldest) { $record = Get-WinEvent -LogName $Name -MaxEvents 1 -Oldest }
        else { $record = Get-WinEvent -LogName $Name -MaxEvents 1 }
        return Get-UtcText $record.TimeCreated
    }
    catch {
        Write-Problem ('edge of ' + $Name) $_
        return $null
    }
}

function Format-JsonText([string]$Text) {
    $out = New-Object System.Text.StringBuilder
    foreach ($char in $Text.ToCharArray()) {
        $code = [int]$char
        if ($code -eq 34 -or $code -eq 92) { [void]$out.Append('\').Append($char) }
        elseif ($code -lt 32 -or $code -gt 126) { [void]$out.Append('\u').Append($code.ToString('x4', $invariant)) }
        else { [void]$out.Append($char) }
    }
    return '"' + $out.ToString() + '"'
}

# A value as JSON: nothing, yes or no, numbers, dictionaries, lists; all else as text.
function Format-Json($Value, [string]$Indent) {
    if ($null -eq $Value) { return 'null' }
    if ($Value -is [bool]) { if ($Value) { return 'true' } else { return 'false' } }
    if ($Value -is [int] -or $Value -is [long] -or $Value -is [uint32]) { return $Value.ToString($invariant) }
    $inner = $Indent + '  '
    if ($Value -is [System.Collections.IDictionary]) {
        $parts = @(foreach ($key in $Value.Keys) {
            $inner + (Format-JsonText $key) + ': ' + (Format-Json $Value[$key] $inner)
        })
        if ($parts.Count -eq 0) { return '{}' }
        return "{$newLine" + ($parts -join ",$newLine") + "$newLine$Indent}"
    }
    if ($Value -is [System.Collections.IList]) {
        $parts = @(foreach ($item in $Value) { $inner + (Format-Json $item $inner) })
        if ($parts.Count -eq 0) { return '[]' }
        return "[$newLine" + ($parts -join ",$newLine") + "$newLine$Indent]"
    }
    return Format-JsonText ([string]$Value)
}
$newLine = [string][char]13 + [string][char]10

# ---- 3. The folder [5af54681-df95-4c26-854f-2565e13cfab0]

$start = Get-UtcText ([datetime]::UtcNow)
$marker = [guid]::NewGuid().ToString('N')
$stamp = [datetime]::UtcNow.ToString('yyyyMMddTHHmmssZ', $invariant)
$folderName = 'huntaway-' + $env:COMPUTERNAME + '-' + $stamp + '-' + $marker
$folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath((Join-Path $parent $folderName))
[void][System.IO.Directory]::CreateDirectory($folder)
Write-Host ('Collecting into ' + $folder)

$identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
$principal = New-Object System.Security.Principal.WindowsPrincipal $identity
$elevated = $principal.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
if (-not $elevated) { Write-Problem 'rights' 'not run as administrator: the Security log will be refused' }

$manifest = New-Object System.Collections.Specialized.OrderedDictionary
$manifest['format'] = 'huntaway-collection'
$manifest['version'] = $scriptVersion
$about = New-Object System.Collections.Specialized.OrderedDictionary
$about['id'] = $scriptId
$about['kind'] = 'powershell'
$about['generator'] = $generator
$about['printed'] = $printed
$about['sha256'] = $null
try { $about['sha256'] = Read-Sha256 $MyInvocation.MyCommand.Path } catch { Write-Problem 'hash of this script' $_ }
$manifest['script'] = $about
$manifest['marker'] = $marker
$manifest['start'] = $start
$manifest['end'] = $null
$process = New-Object System.Collections.Specialized.OrderedDictionary
$process['pid'] = $PID
$process['user'] = $identity.Name
$process['elevated'] = $elevated
$process['powershell'] = [string]$PSVersionTable.PSVersion
$manifest['process'] = $process

# From here on the manifest is written whatever happens.
try {

# ---- 4. The host and its clock [5af54681-df95-4c26-854f-2565e13cfab0]

Write-Host 'Host and clock'
$hostFacts = New-Object System.Collections.Specialized.OrderedDictionary
$hostFacts['name'] = $env:COMPUTERNAME
$manifest['host'] = $hostFacts
try {
    $network = [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    if ($network.DomainName) { $hostFacts['fqdn'] = $network.HostName + '.' + $network.DomainName }
    else { $hostFacts['fqdn'] = $network.HostName }
}
catch { Write-Problem 'full name' $_ }
try {
    $computer = @(Read-Class 'Win32_ComputerSystem')[0]
    $hostFacts['domain'] = $computer.Domain
    # 0, 1 workstation; 2, 3 server; 4, 5 domain controller. Odd: member of a domain.
    $hostFacts['domainRole'] = [int]$computer.DomainRole
}
catch { Write-Problem 'domain' $_ }
try {
    $windows = @(Read-Class 'Win32_OperatingSystem')[0]
    $hostFacts['os'] = $windows.Caption
    $hostFacts['osVersion'] = $windows.Version
    $booted = $windows.LastBootUpTime
    if ($booted -isnot [datetime]) { $booted = [System.Management.ManagementDateTimeConverter]::ToDateTime($booted) }
    $hostFacts['booted'] = Get-UtcText $booted
}
catch { Write-Problem 'operating system' $_ }
$addresses = New-Object System.Collections.ArrayList
$hostFacts['addresses'] = $addresses
try {
    foreach ($adapter in @(Read-Class 'Win32_NetworkAdapterConfiguration')) {
        if (-not $adapter.IPEnabled) { continue }
        foreach ($address in $adapter.IPAddress) { [void]$addresses.Add([string]$address) }
    }
}
catch { Write-Problem 'addresses' $_ }

$clock = New-Object System.Collections.Specialized.OrderedDictionary
$manifest['clock'] = $clock
$now = [datetime]::Now
$clock['local'] = $now.ToString('o', $invariant)
$clock['utc'] = Get-UtcText $now
$clock['timeZone'] = [System.TimeZone]::CurrentTimeZone.StandardName
$clock['utcOffsetMinutes'] = [int][System.TimeZone]::CurrentTimeZone.GetUtcOffset($now).TotalMinutes
foreach ($what in @('status', 'source')) {
    $words = @('/query', "/$what")
    if ($what -eq 'status') { $words += '/verbose' }
    try {
        $answer = Read-Tool 'w32tm.exe' $words
        $clock[$what] = $answer.Lines
        if ($answer.Code -ne 0) { Write-Problem "w32tm /query /$what" ($answer.Lines -join ' ') }
    }
    catch { Write-Problem "w32tm /query /$what" $_ }
}

# ---- 5. What the host logs [5af54681-df95-4c26-854f-2565e13cfab0]

Write-Host 'Audit policy and settings'
try {
    $answer = Read-Tool 'auditpol.exe' @('/get', '/category:*', '/r')
    $manifest['auditPolicy'] = $answer.Lines
    if ($answer.Code -ne 0) { Write-Problem 'auditpol /get' ($answer.Lines -join ' ') }
}
catch { Write-Problem 'auditpol /get' $_ }

$policies = 'HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows\'
$auditKey = 'HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\Audit'
$control = 'HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\'
$settings = New-Object System.Collections.ArrayList
$manifest['settings'] = $settings
foreach ($pair in @(
    @($auditKey, 'ProcessCreationIncludeCmdLine_Enabled'),
    @(($policies + 'PowerShell\ScriptBlockLogging'), 'EnableScriptBlockLogging'),
    @(($policies + 'PowerShell\ModuleLogging'), 'EnableModuleLogging'),
    @(($policies + 'PowerShell\Transcription'), 'EnableTranscripting'),
    @(($policies + 'EventLog\EventForwarding\SubscriptionManager'), '1'),
    @(($control + 'Control\Lsa'), 'SCENoApplyLegacyAuditPolicy'),
    @(($control + 'Control\Lsa'), 'RunAsPPL'),
    @(($control + 'Services\EventLog\Security'), 'MaxSize'),
    @(($control + 'Services\EventLog\Security'), 'Retention'),
    @(($control + 'Services\EventLog\Security'), 'AutoBackupLogFiles')
)) {
    $setting = New-Object System.Collections.Specialized.OrderedDictionary
    $setting['key'] = $pair[0]
    $setting['name'] = $pair[1]
    try { $setting['value'] = [Microsoft.Win32.Registry]::GetValue($pair[0], $pair[1], $null) }
    catch { Write-Problem ('registry ' + $pair[1]) $_ }
    [void]$settings.Add($setting)
}
$sysmon = New-Object System.Collections.ArrayList
$manifest['sysmon'] = $sysmon
try {
    foreach ($service in @(Get-Service -Name 'Sysmon*')) {
        [void]$sysmon.Add([string]$service.Name + ': ' + [string]$service.Status)
    }
}
catch { Write-Problem 'Sysmon service' $_ }

# ---- 6. The channels [5af54681-df95-4c26-854f-2565e13cfab0]

$manifest['query'] = $query
$list = New-Object System.Collections.ArrayList
$manifest['channels'] = $list
$there = @()
try { $there = @((Read-Tool 'wevtutil.exe' @('el')).Lines) } catch { Write-Problem 'names of channels' $_ }
if ($everyChannel) { $channels = $there }

foreach ($name in $channels) {
    $entry = New-Object System.Collections.Specialized.OrderedDictionary
    $entry['name'] = $name
    $entry['state'] = 'failed'
    if ($there.Count -gt 0 -and $there -notcontains $name) {
        $entry['state'] = 'absent'
        [void]$list.Add($entry)
        continue
    }
    $records = $null
    try {
        $log = Get-WinEvent -ListLog $name
        $records = $log.RecordCount
        if ($everyChannel -and (-not $log.IsEnabled -or $records -eq 0)) { continue }
        $entry['enabled'] = [bool]$log.IsEnabled
        # Circular: the oldest records are written over. Retain: new ones are lost. AutoBackup: kept in files.
        $entry['logMode'] = [string]$log.LogMode
        $entry['maximumSize'] = $log.MaximumSizeInBytes
        $entry['size'] = $log.FileSize
        $entry['full'] = [bool]$log.IsLogFull
        $entry['records'] = $records
        # Above 1 where records were written over or cleared.
        $entry['oldestRecordNumber'] = $log.OldestRecordNumber
        if ($log.LastWriteTime) { $entry['lastWritten'] = Get-UtcText $log.LastWriteTime }
    }
    catch { Write-Problem ('facts of ' + $name) $_ }
    [void]$list.Add($entry)
    if ($records -eq 0) {
        $entry['state'] = 'empty'
        continue
    }
    $entry['oldest'] = Read-Edge $name $true
    $entry['newest'] = Read-Edge $name $false
    $file = ($name -replace '[^A-Za-z0-9 ._()-]', '_') + '.evtx'
    $path = Join-Path $folder $file
    try {
        $words = @('epl', $name, $path)
        if ($query -ne '') { $words += '/q:' + $query }
        $answer = Read-Tool 'wevtutil.exe' $words
        if ($answer.Code -ne 0) {
            $entry['error'] = $answer.Lines -join ' '
            Write-Problem ('export of ' + $name) $entry['error']
            continue
        }
        $entry['file'] = $file
        $entry['bytes'] = (Get-Item -LiteralPath $path).Length
        $entry['sha256'] = Read-Sha256 $path
        $entry['state'] = 'exported'
        Write-Host ('  ' + $name + ': ' + $records + ' records')
    }
    catch {
        $entry['error'] = [string]$_
        Write-Problem ('export of ' + $name) $_
    }
}

}
catch { Write-Problem 'collection' $_ }
finally {

# ---- 7. The manifest [5af54681-df95-4c26-854f-2565e13cfab0]

    $manifest['end'] = Get-UtcText ([datetime]::UtcNow)
    $manifest['commands'] = $commands
    $manifest['errors'] = $problems
    $manifestPath = Join-Path $folder 'manifest.json'
    [System.IO.File]::WriteAllText($manifestPath, (Format-Json $manifest '') + $newLine)
    Write-Host ('Done: ' + $problems.Count + ' problems, all in ' + $manifestPath)
    Write-Host ('SHA-256 of the manifest: ' + (Read-Sha256 $manifestPath))
}
