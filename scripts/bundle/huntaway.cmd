@echo off
rem Starts Huntaway with the Node that lies beside this file, wherever that is. Delayed expansion is off because
rem it would eat the exclamation mark in archive.zip!/member.evtx.
setlocal DisableDelayedExpansion

rem Meant for another Node: an option that this one does not know would keep it from starting.
set "NODE_OPTIONS="
set "NODE_PATH="

"%~dp0node.exe" "%~dp0app\bin\huntaway.js" %*
exit /b %ERRORLEVEL%
