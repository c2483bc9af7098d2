@echo off
rem Starts Goldgrad; builds it first when the build is missing or older than its sources (see the launcher "goldgrad").
setlocal
set "home=%~dp0"
set "home=%home:~0,-1%"
set "target=%home%\reports\target"
set "log=%target%\launcher-build.log"

if defined JAVA_HOME (set "java=%JAVA_HOME%\bin\java.exe") else (set "java=java.exe")
"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo goldgrad: cannot start "%java%"; install a JDK 17 or later, or set JAVA_HOME 1>&2
  exit /b 3
)

rem Exits with 1 when something in the sources is newer than the class path that the last build wrote.
powershell -NoProfile -Command "$c = Get-Item ($env:target + '\launcher.args') -ErrorAction SilentlyContinue; if (-not $c) { exit 1 }; $s = '\pom.xml', '\.mvn', '\*\pom.xml', '\*\src\main' | ForEach-Object { Get-Item ($env:home + $_) } | ForEach-Object { $_; if ($_.PSIsContainer) { Get-ChildItem -Recurse $_.FullName } }; if ($s | Where-Object { $_.LastWriteTime -gt $c.LastWriteTime } | Select-Object -First 1) { exit 1 }; exit 0"
if not errorlevel 1 goto start

where /q mvn
if errorlevel 1 (
  echo goldgrad: there is no mvn on the PATH; install Maven 3.8.6 or later, then try again 1>&2
  exit /b 3
)
if not exist "%target%" mkdir "%target%"
echo goldgrad: building; the first time, Maven fetches what it does not have (log: %log%) 1>&2
pushd "%home%"
call mvn -B -ntp -Dmaven.test.skip -Dspotless.check.skip -Dstyle.color=never package >"%log%" 2>&1
set "status=%errorlevel%"
popd
if not "%status%"=="0" (
  powershell -NoProfile -Command "Get-Content -Tail 30 $env:log" 1>&2
  echo goldgrad: the build failed; all of its log: %log% 1>&2
  exit /b 3
)
rem In a file, because the class path is longer than a command line may be; with slashes, as \ escapes there.
powershell -NoProfile -Command "$q = [char]34; $p = $env:target + '\goldgrad.jar;' + (Get-Content ($env:target + '\classpath.txt')); '-cp ' + $q + $p.Replace('\', '/') + $q | Set-Content -Encoding Default ($env:target + '\launcher.args')"

:start
"%java%" -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xlog:disable -Xlog:all=error:stderr -Dfile.encoding=UTF-8 "-Dgoldgrad.home=%home%" %GOLDGRAD_OPTS% "@%target%\launcher.args" org.goldgrad.reports.Goldgrad %*
exit /b %errorlevel%
