@echo off
rem Starts Arrakis on Windows. See the script beside this one for the variables that are read.
setlocal
set "HOME_DIR=%~dp0.."
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java.exe")
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
    echo arrakis: error: there is no Java; install version 17 or newer, or set JAVA_HOME to one 1>&2
    exit /b 3
)
set VERSION=
for /f "tokens=3" %%v in ('""%JAVA%" -version 2>&1 ^| findstr /i "version""') do if not defined VERSION set "VERSION=%%~v"
for /f "tokens=1 delims=.-+" %%v in ("%VERSION%") do set VERSION=%%v
if %VERSION% LSS 17 (
    echo arrakis: error: Java %VERSION% is too old; Arrakis needs 17 or newer: install one, or set JAVA_HOME to one 1>&2
    exit /b 3
)
if defined ARRAKIS_CACHE_DIR (set "CACHE=%ARRAKIS_CACHE_DIR%") else (set "CACHE=%LOCALAPPDATA%\arrakis\cache")
if defined ARRAKIS_PLUGINS_DIR (set "PLUGINS=%ARRAKIS_PLUGINS_DIR%") else (set "PLUGINS=%HOME_DIR%\plugins")
if not defined OMP_WAIT_POLICY set OMP_WAIT_POLICY=PASSIVE
set NEWER=
if %VERSION% GEQ 23 set NEWER=--sun-misc-unsafe-memory-access=allow
"%JAVA%" -XX:+UseSerialGC -Dfile.encoding=UTF-8 -Djava.awt.headless=true -Djdk.console=java.base -Darrakis.terminal=ask "-Darrakis.home=%HOME_DIR%" "-Darrakis.launcher=%~f0" "-Darrakis.cache=%CACHE%" "-Darrakis.plugins=%PLUGINS%" -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Dai.djl.offline=true -DOPT_OUT_TRACKING=true %NEWER% %ARRAKIS_JAVA_OPTS% -jar "%HOME_DIR%\lib\arrakis.jar" %*
exit /b %ERRORLEVEL%
