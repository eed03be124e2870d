@echo off
rem Huntaway: collect the event logs of this host
rem =============================================
rem Printed by huntaway 0.1.0 at 2026-03-01T08:00:00.000Z. Script 5af54681-df95-4c26-854f-2565e13cfab0.
rem
rem WHAT IT DOES
rem   Exports event log channels (wevtutil epl), hashes each file with SHA-256, and writes beside them a
rem   manifest: which host, which clock, what was logged and for how long, what could not be had.
rem   Everything goes into one new folder, huntaway-HOST-MARKER, below:
rem     .
rem
rem WHAT IT DOES NOT DO
rem   It changes no setting, clears and deletes nothing, stops and starts nothing, installs nothing.
rem   It sends nothing anywhere, and asks no other host. It writes only below its folder.
rem   Its commands leave traces in the logs of this host, as every command does: the marker in the name of
rem   the folder and the number of the script above let a hunt tell them from those of others.
rem
rem HOW TO REVIEW IT
rem   Read it: it is short. It runs these programs and no others:
rem     wevtutil el, gl, gli    names, settings and state of the channels
rem     wevtutil epl            export of a channel
rem     certutil -hashfile      SHA-256 of the exported files
rem     auditpol /get           what the host audits
rem     w32tm /query            the state of its clock
rem     reg query               name of the host, settings of its logs
rem   Endpoint protection may ask about exports of logs: tell those who watch it before you run this.
rem
rem HOW TO RUN IT
rem   As an administrator: without, the Security log cannot be read; what was refused stands in the manifest.
rem   Check that the disk has room: the logs it exports are as large again as they are now.
rem   Better another volume than that of the logs, so that free space on this one is not written over.
rem   In a command prompt started as administrator, in the folder that holds this file:
rem       collect.cmd
rem   It does less than the PowerShell script; use that one where you can. The files clock-start.evtx and
rem   clock-end.evtx hold no records: they are there for their time, which shows when it began and ended.
rem
rem ON PLANT NETWORKS (OT)
rem   Ask the control room first. Do not run it on controllers or operator stations (HMI) without the word of
rem   their vendor: exporting a large log costs disk and processor time for minutes.
rem
rem HOW TO BRING IT BACK
rem   Copy the whole folder as it is, or pack it into a zip, and give it to: huntaway hunt FOLDER --rules RULES
rem   The manifest must stay beside the logs. Keep the SHA-256 of the manifest that is shown at the end apart
rem   from the folder: it vouches for all the others.

rem ---- 1. What was asked for

setlocal EnableExtensions DisableDelayedExpansion
set "ID=5af54681-df95-4c26-854f-2565e13cfab0"
rem The folder of this collection is made in this one.
set "PARENT=."
rem Which records; empty for all of them.
set "QUERY="
rem 1 for every enabled channel that holds records, instead of the list.
set "EVERY="

set "SYSTEM=%SystemRoot%\System32"
set "WEVTUTIL=%SYSTEM%\wevtutil.exe"
set "CERTUTIL=%SYSTEM%\certutil.exe"
set "REGISTRY=%SYSTEM%\reg.exe"

rem ---- 2. The folder

set "MARKER=5af54681df954c26%RANDOM%%RANDOM%%RANDOM%"
set "FOLDER=%PARENT%\huntaway-%COMPUTERNAME%-%MARKER%"
set "MANIFEST=%FOLDER%\manifest.txt"
mkdir "%FOLDER%"
if errorlevel 1 exit /b 1
echo Collecting into %FOLDER%

>"%MANIFEST%" echo format=huntaway-collection
>>"%MANIFEST%" echo version=1
>>"%MANIFEST%" echo kind=cmd
>>"%MANIFEST%" echo id=%ID%
>>"%MANIFEST%" echo generator=huntaway 0.1.0
>>"%MANIFEST%" echo printed=2026-03-01T08:00:00.000Z
>>"%MANIFEST%" echo marker=%MARKER%
set "STEP=start"
call :clock

rem ---- 3. The host and its clock

echo Host and clock
for %%V in (COMPUTERNAME USERDOMAIN USERNAME) do for /f "delims=" %%L in ('set %%V') do >>"%MANIFEST%" echo env=%%L
for /f "delims=" %%L in ('ver') do >>"%MANIFEST%" echo os=%%L
set "KEY=HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters"
for %%V in (Hostname Domain "NV Domain") do call :setting %%V
set "KEY=HKLM\SYSTEM\CurrentControlSet\Control\ProductOptions"
call :setting ProductType
set "KEY=HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation"
call :setting ActiveTimeBias
for /f "delims=" %%L in ('%SYSTEM%\w32tm.exe /query /status /verbose') do >>"%MANIFEST%" echo clock.status=%%L
for /f "delims=" %%L in ('%SYSTEM%\w32tm.exe /query /source') do >>"%MANIFEST%" echo clock.source=%%L

rem ---- 4. What the host logs

echo Audit policy and settings
for /f "delims=" %%L in ('%SYSTEM%\auditpol.exe /get /category:* /r') do >>"%MANIFEST%" echo audit=%%L
set "KEY=HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\Audit"
call :setting ProcessCreationIncludeCmdLine_Enabled
set "KEY=HKLM\SOFTWARE\Policies\Microsoft\Windows\PowerShell\ScriptBlockLogging"
call :setting EnableScriptBlockLogging
set "KEY=HKLM\SOFTWARE\Policies\Microsoft\Windows\PowerShell\ModuleLogging"
call :setting EnableModuleLogging
set "KEY=HKLM\SYSTEM\CurrentControlSet\Control\Lsa"
for %%V in (SCENoApplyLegacyAuditPolicy RunAsPPL) do call :setting %%V
set "KEY=HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Security"
for %%V in (MaxSize Retention AutoBackupLogFiles) do call :setting %%V

rem ---- 5. The channels

>>"%MANIFEST%" echo query=all
if defined QUERY for /f "tokens=1* delims==" %%A in ('set QUERY') do >>"%MANIFEST%" echo query=%%B
rem logons, process starts (4688), share access, account changes, log cleared (1102)
set "CHANNEL=Security"
call :channel
rem services installed (7045), other logs cleared (104), restarts, time changes
set "CHANNEL=System"
call :channel
rem ESENT 216, 325-327: the trace of a copied NTDS.dit that needs no audit policy
set "CHANNEL=Application"
call :channel
rem process, network, file and registry events, where Sysmon is
set "CHANNEL=Microsoft-Windows-Sysmon/Operational"
call :channel
rem script blocks (4104) and module calls (4103)
set "CHANNEL=Microsoft-Windows-PowerShell/Operational"
call :channel
rem the same of PowerShell 7
set "CHANNEL=PowerShellCore/Operational"
call :channel
rem classic log: engine starts with their command line (400, 600, 800)
set "CHANNEL=Windows PowerShell"
call :channel
rem remote sessions with source address (21, 24, 25); outlives the Security log
set "CHANNEL=Microsoft-Windows-TerminalServices-LocalSessionManager/Operational"
call :channel
rem remote desktop connections that named a user (1149)
set "CHANNEL=Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational"
call :channel
rem remote desktop to other hosts (1024, 1102)
set "CHANNEL=Microsoft-Windows-TerminalServices-RDPClient/Operational"
call :channel
rem addresses that opened a session (131)
set "CHANNEL=Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational"
call :channel
rem WMI by other hosts, consumers, failed calls (5857-5861)
set "CHANNEL=Microsoft-Windows-WMI-Activity/Operational"
call :channel
rem tasks registered and started (106, 200)
set "CHANNEL=Microsoft-Windows-TaskScheduler/Operational"
call :channel
rem PowerShell remoting, both ends (6, 91)
set "CHANNEL=Microsoft-Windows-WinRM/Operational"
call :channel
rem detections, exclusions, protection switched off
set "CHANNEL=Microsoft-Windows-Windows Defender/Operational"
call :channel
rem rules added and changed (2004-2006): port proxies and tunnels
set "CHANNEL=Microsoft-Windows-Windows Firewall With Advanced Security/Firewall"
call :channel
rem NTLM logons by server and account (8001-8004)
set "CHANNEL=Microsoft-Windows-NTLM/Operational"
call :channel
rem refused and odd access to shares
set "CHANNEL=Microsoft-Windows-SMBServer/Security"
call :channel
rem shares added, sessions
set "CHANNEL=Microsoft-Windows-SMBServer/Operational"
call :channel
rem who reached the server
set "CHANNEL=Microsoft-Windows-SMBServer/Connectivity"
call :channel
rem clients of old protocol versions, by address
set "CHANNEL=Microsoft-Windows-SMBServer/Audit"
call :channel
rem shares of other hosts: refused access, guest logons
set "CHANNEL=Microsoft-Windows-SmbClient/Security"
call :channel
rem shares of other hosts: what was reached
set "CHANNEL=Microsoft-Windows-SmbClient/Connectivity"
call :channel
rem shares of other hosts: sessions
set "CHANNEL=Microsoft-Windows-SmbClient/Operational"
call :channel
rem downloads by BITS (59, 60)
set "CHANNEL=Microsoft-Windows-Bits-Client/Operational"
call :channel
rem drivers and programs with a bad or no signature
set "CHANNEL=Microsoft-Windows-CodeIntegrity/Operational"
call :channel
rem programs that ran or were stopped, where AppLocker is
set "CHANNEL=Microsoft-Windows-AppLocker/EXE and DLL"
call :channel
rem scripts and installers
set "CHANNEL=Microsoft-Windows-AppLocker/MSI and Script"
call :channel
rem packaged apps
set "CHANNEL=Microsoft-Windows-AppLocker/Packaged app-Deployment"
call :channel
rem packaged apps
set "CHANNEL=Microsoft-Windows-AppLocker/Packaged app-Execution"
call :channel
rem print spooler errors: drivers that failed to load (808)
set "CHANNEL=Microsoft-Windows-PrintService/Admin"
call :channel
rem printer drivers added (316)
set "CHANNEL=Microsoft-Windows-PrintService/Operational"
call :channel
rem names asked for (3008), where switched on
set "CHANNEL=Microsoft-Windows-DNS-Client/Operational"
call :channel
rem the same under its other name
set "CHANNEL=Microsoft-Windows-DNS Client Events/Operational"
call :channel
rem zones changed, plug-in DLLs (150, 770)
set "CHANNEL=DNS Server"
call :channel
rem records, zones and settings changed
set "CHANNEL=Microsoft-Windows-DNS-Server/Audit"
call :channel
rem addresses this host had
set "CHANNEL=Microsoft-Windows-Dhcp-Client/Admin"
call :channel
rem leases: which host had an address when; DLLs (1031-1034)
set "CHANNEL=Microsoft-Windows-DHCP-Server/Operational"
call :channel
rem hosts that were refused a lease
set "CHANNEL=Microsoft-Windows-Dhcp-Server/FilterNotifications"
call :channel
rem SSH logons and tunnels
set "CHANNEL=OpenSSH/Operational"
call :channel
rem SSH errors
set "CHANNEL=OpenSSH/Admin"
call :channel
rem Exchange commands: mailbox exports, web shells by export
set "CHANNEL=MSExchange Management"
call :channel
rem directory database: copies, replication partners, LDAP clients
set "CHANNEL=Directory Service"
call :channel
rem SYSVOL replication: scripts and policies spread
set "CHANNEL=DFS Replication"
call :channel
rem the same before Server 2008
set "CHANNEL=File Replication Service"
call :channel
rem events of other hosts, where this one collects them
set "CHANNEL=ForwardedEvents"
call :channel
rem certificates checked and keys used, where switched on
set "CHANNEL=Microsoft-Windows-CAPI2/Operational"
call :channel
rem certificates exported (1007)
set "CHANNEL=Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational"
call :channel
rem credential access refused, groups of logons
set "CHANNEL=Microsoft-Windows-LSA/Operational"
call :channel
rem protected users refused weaker logons
set "CHANNEL=Microsoft-Windows-Authentication/ProtectedUser-Client"
call :channel
rem the same on the domain controller
set "CHANNEL=Microsoft-Windows-Authentication/ProtectedUserFailures-DomainController"
call :channel
rem Kerberos errors, where switched on
set "CHANNEL=Microsoft-Windows-Kerberos/Operational"
call :channel
rem which policies and scripts were applied
set "CHANNEL=Microsoft-Windows-GroupPolicy/Operational"
call :channel
rem volumes mounted, shadow copies among them
set "CHANNEL=Microsoft-Windows-Ntfs/Operational"
call :channel
rem disk images mounted
set "CHANNEL=Microsoft-Windows-VHDMP/Operational"
call :channel
rem shadow copies made and deleted
set "CHANNEL=Microsoft-Windows-VolumeSnapshot-Driver/Operational"
call :channel
rem disks and sticks attached (1006)
set "CHANNEL=Microsoft-Windows-Partition/Diagnostic"
call :channel
rem devices attached
set "CHANNEL=Microsoft-Windows-DriverFrameworks-UserMode/Operational"
call :channel
rem programs that ran (500, 505)
set "CHANNEL=Microsoft-Windows-Application-Experience/Program-Telemetry"
call :channel
rem programs that ran
set "CHANNEL=Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant"
call :channel
rem programs started at logon (9707, 9708)
set "CHANNEL=Microsoft-Windows-Shell-Core/Operational"
call :channel
rem programs stopped by exploit protection
set "CHANNEL=Microsoft-Windows-Security-Mitigations/Kernel Mode"
call :channel
rem programs stopped by exploit protection
set "CHANNEL=Microsoft-Windows-Security-Mitigations/User Mode"
call :channel
rem Defender for Endpoint: sensor stopped or changed
set "CHANNEL=Microsoft-Windows-SENSE/Operational"
call :channel
rem packaged apps installed
set "CHANNEL=Microsoft-Windows-AppXDeploymentServer/Operational"
call :channel
rem packaged apps, their signatures
set "CHANNEL=Microsoft-Windows-AppxPackaging/Operational"
call :channel
rem packaged apps started
set "CHANNEL=Microsoft-Windows-AppModel-Runtime/Admin"
call :channel
rem encryption switched on or off
set "CHANNEL=Microsoft-Windows-BitLocker/BitLocker Management"
call :channel
rem troubleshooting packages that ran
set "CHANNEL=Microsoft-Windows-Diagnosis-Scripted/Operational"
call :channel
rem virtual machines started
set "CHANNEL=Microsoft-Windows-Hyper-V-Worker-Admin"
call :channel
rem web server: modules and handlers added
set "CHANNEL=Microsoft-IIS-Configuration/Operational"
call :channel
rem message bus clients: cloud relays
set "CHANNEL=Microsoft-ServiceBus-Client/Admin"
call :channel
rem message bus clients: cloud relays
set "CHANNEL=Microsoft-ServiceBus-Client/Operational"
call :channel
rem programs run with a compatibility shim
set "CHANNEL=Microsoft-Windows-Kernel-ShimEngine/Operational"
call :channel
rem updates and roles installed
set "CHANNEL=Setup"
call :channel

rem ---- 6. The end

set "STEP=end"
call :clock
echo Done: %MANIFEST%
echo SHA-256 of the manifest:
%CERTUTIL% -hashfile "%MANIFEST%" SHA256
exit /b 0

rem ---- The time in UTC: that of an export without records, made for the purpose.
:clock
set "FILE=clock-%STEP%.evtx"
%WEVTUTIL% epl Application "%FOLDER%\%FILE%" "/q:*[System[EventRecordID=0]]"
for /f "tokens=1*" %%A in ('%WEVTUTIL% gli "%FOLDER%\%FILE%" /lf:true') do if "%%A"=="creationTime:" >>"%MANIFEST%" echo %STEP%=%%B
exit /b 0

rem ---- A value of the registry, where it is there.
:setting
for /f "delims=" %%L in ('%REGISTRY% query "%KEY%" /v "%~1" 2^>nul') do >>"%MANIFEST%" echo setting=%%L
exit /b 0

rem ---- One channel: its settings, its state, its records, their hash.
:channel
%WEVTUTIL% gl "%CHANNEL%" >nul 2>nul
if not "%ERRORLEVEL%"=="0" goto absent
set "ENABLED="
set "RECORDS="
for /f "tokens=1,2" %%A in ('%WEVTUTIL% gl "%CHANNEL%"') do if "%%A"=="enabled:" set "ENABLED=%%B"
for /f "tokens=1,2" %%A in ('%WEVTUTIL% gli "%CHANNEL%"') do if "%%A"=="numberOfLogRecords:" set "RECORDS=%%B"
if defined EVERY if not "%ENABLED%"=="true" exit /b 0
if defined EVERY if "%RECORDS%"=="0" exit /b 0
>>"%MANIFEST%" echo channel=%CHANNEL%
for /f "delims=" %%L in ('%WEVTUTIL% gl "%CHANNEL%"') do >>"%MANIFEST%" echo gl=%%L
for /f "delims=" %%L in ('%WEVTUTIL% gli "%CHANNEL%"') do >>"%MANIFEST%" echo gli=%%L
if "%RECORDS%"=="0" goto empty
set "FILE=%CHANNEL:/=_%.evtx"
if defined QUERY %WEVTUTIL% epl "%CHANNEL%" "%FOLDER%\%FILE%" "/q:%QUERY%"
if not defined QUERY %WEVTUTIL% epl "%CHANNEL%" "%FOLDER%\%FILE%"
set "CODE=%ERRORLEVEL%"
if not "%CODE%"=="0" goto failed
if not exist "%FOLDER%\%FILE%" goto failed
>>"%MANIFEST%" echo state=exported
>>"%MANIFEST%" echo file=%FILE%
for %%F in ("%FOLDER%\%FILE%") do >>"%MANIFEST%" echo bytes=%%~zF
for /f "delims=" %%L in ('%CERTUTIL% -hashfile "%FOLDER%\%FILE%" SHA256') do >>"%MANIFEST%" echo certutil=%%L
echo   %CHANNEL%: %RECORDS% records
exit /b 0

:absent
if defined EVERY exit /b 0
>>"%MANIFEST%" echo channel=%CHANNEL%
>>"%MANIFEST%" echo state=absent
exit /b 0

:empty
>>"%MANIFEST%" echo state=empty
exit /b 0

:failed
echo   ! export of %CHANNEL%: exit code %CODE%
>>"%MANIFEST%" echo state=failed
>>"%MANIFEST%" echo error=export of %CHANNEL%: exit code %CODE%
exit /b 0
