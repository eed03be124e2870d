/**
 * The collection script for the command prompt, for hosts without PowerShell or where it is locked down. It does
 * less than its sister: no more than `wevtutil`, `auditpol`, `w32tm`, `reg` and `certutil` print.
 *
 * What a batch file must beware of, and what is done about it: text of the host reaches a line only as a `for`
 * variable, which is not parsed again, or as a channel name that holds none of the signs a line obeys; delayed
 * expansion is off, so that exclamation marks stay; names are quoted; a slash becomes an underscore in file names
 * (a percent sign would have to survive two expansions). Dates are printed in the language of the host, so the
 * time is taken from a file that is exported for the purpose: `wevtutil gli` shows it in UTC, the same everywhere.
 */
import { collectedChannels } from './channels.ts';
import { heading } from './heading.ts';
import { COLLECT_VERSION, type CollectScript, sinceQuery } from './options.ts';

export function cmdScript(script: CollectScript): string {
  const comments = heading(script, {
    folder: 'huntaway-HOST-MARKER',
    run: [
      'In a command prompt started as administrator, in the folder that holds this file:',
      '    collect.cmd',
      'It does less than the PowerShell script; use that one where you can. The files clock-start.evtx and',
      'clock-end.evtx hold no records: they are there for their time, which shows when it began and ended.',
    ],
    tools: [
      'wevtutil el, gl, gli    names, settings and state of the channels',
      'wevtutil epl            export of a channel',
      'certutil -hashfile      SHA-256 of the exported files',
      'auditpol /get           what the host audits',
      'w32tm /query            the state of its clock',
      'reg query               name of the host, settings of its logs',
      ...(script.every ? ['findstr                 leaves out names with odd signs'] : []),
    ],
  });
  const body = bodyText
    .replaceAll('@ID@', script.id)
    .replace('@MARK@', script.id.replaceAll('-', '').slice(0, 16))
    .replace('@VERSION@', String(COLLECT_VERSION))
    .replace('@GENERATOR@', script.generator)
    .replace('@PRINTED@', script.printed)
    .replace('@PARENT@', script.parent)
    .replace('@QUERY@', sinceQuery(script.since))
    .replace('@FINDSTR@', script.every ? 'set "FINDSTR=%SYSTEM%\\findstr.exe"\n' : '')
    .replace('@EVERY@', script.every ? '1' : '')
    .replace('@CHANNELS@', channelCalls(script).join('\n'));
  return `@echo off\n${comments.map(line => `rem ${line}`.trimEnd()).join('\n')}\n${body}`;
}

function channelCalls({ channels, every }: CollectScript): string[] {
  if (every) return everyChannel;
  const call = (name: string): string[] => [`set "CHANNEL=${name}"`, 'call :channel'];
  if (channels !== null) return channels.flatMap(call);
  return collectedChannels.flatMap(({ name, why }) => [`rem ${why}`, ...call(name)]);
}

/** Names with other signs than Windows' own are left out, and named in the manifest. */
const everyChannel: string[] = [
  `for /f "delims=" %%C in ('%WEVTUTIL% el ^| %FINDSTR% /r /x /c:"[A-Za-z0-9 ._()/-]*"') do (set "CHANNEL=%%C"& call :channel)`,
  `for /f "delims=" %%C in ('%WEVTUTIL% el ^| %FINDSTR% /r /x /v /c:"[A-Za-z0-9 ._()/-]*"') do >>"%MANIFEST%" echo error=left out for its name: %%C`,
];

const bodyText = String.raw`
rem ---- 1. What was asked for

setlocal EnableExtensions DisableDelayedExpansion
set "ID=@ID@"
rem The folder of this collection is made in this one.
set "PARENT=@PARENT@"
rem Which records; empty for all of them.
set "QUERY=@QUERY@"
rem 1 for every enabled channel that holds records, instead of the list.
set "EVERY=@EVERY@"

set "SYSTEM=%SystemRoot%\System32"
set "WEVTUTIL=%SYSTEM%\wevtutil.exe"
set "CERTUTIL=%SYSTEM%\certutil.exe"
@FINDSTR@set "REGISTRY=%SYSTEM%\reg.exe"

rem ---- 2. The folder

set "MARKER=@MARK@%RANDOM%%RANDOM%%RANDOM%"
set "FOLDER=%PARENT%\huntaway-%COMPUTERNAME%-%MARKER%"
set "MANIFEST=%FOLDER%\manifest.txt"
mkdir "%FOLDER%"
if errorlevel 1 exit /b 1
echo Collecting into %FOLDER%

>"%MANIFEST%" echo format=huntaway-collection
>>"%MANIFEST%" echo version=@VERSION@
>>"%MANIFEST%" echo kind=cmd
>>"%MANIFEST%" echo id=%ID%
>>"%MANIFEST%" echo generator=@GENERATOR@
>>"%MANIFEST%" echo printed=@PRINTED@
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
@CHANNELS@

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
`;
