# shellcheck shell=bash disable=SC2015
# What run, test and infra/servers share. Sourced, never run.

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }
export LC_ALL=C.UTF-8 DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off
[[ ${HOME-} ]] || HOME=$(getent passwd "$EUID" | cut -d: -f6)
[[ -w $HOME ]] || HOME=$PWD/.local/home
mkdir -p "$HOME"
export HOME

# listening PORT: somebody accepts connections there
listening() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# holder PORT: who listens there, as "name (pid)", from /proc, so that no tool has to be installed
holder() {
  local inode link pid
  inode=$(awk -v p="$(printf ':%04X' "$1")" '$4 == "0A" && $2 ~ p"$" { print $10; exit }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  link=$(find /proc/[0-9]*/fd -lname "socket:\[${inode:-none}\]" -print -quit 2>/dev/null)
  pid=${link#/proc/} pid=${pid%%/*}
  if [[ $pid ]]; then say "$(cat "/proc/$pid/comm") (pid $pid)"; else say "another process"; fi
}

# must_be_free PORT WHAT: dies in one line when somebody has it
must_be_free() { ! listening "$1" || die "port $1, wanted for $2, is taken by $(holder "$1")"; }

# ours PIDFILE MARK: prints the pid when that process lives and its command line or environment carries MARK;
# a pid alone proves nothing after a crash, the number may belong to somebody else by now
ours() {
  local pid
  pid=$(head -n1 "$1" 2>/dev/null) && [[ $pid =~ ^[0-9]+$ ]] || return 1
  [[ $(sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$pid/status" 2>/dev/null) != [ZX] ]] || return 1
  tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$2" ||
    tr '\0' '\n' 2>/dev/null <"/proc/$pid/environ" | grep -qF -- "$2" || return 1
  say "$pid"
}

# halt PIDFILE MARK SIGNAL SECONDS: asks to stop, then kills the whole group; quiet when nothing is there
halt() {
  local pid i
  if pid=$(ours "$1" "$2"); then
    kill -"$3" "$pid" 2>/dev/null
    for ((i = 0; i < $4 * 20; i++)); do ours "$1" "$2" >/dev/null || break; sleep 0.05; done
    ours "$1" "$2" >/dev/null && kill -KILL -- "-$pid" "$pid" 2>/dev/null
  fi
  rm -f "$1"
}

# background LOG COMMAND…: starts it in a session of its own with none of the caller's descriptors; the pid is in $!
background() {
  local log=$1
  shift
  (
    for fd in /proc/self/fd/*; do
      fd=${fd##*/}
      ((fd > 2)) && eval "exec $fd>&-"
    done
    exec setsid "$@" </dev/null >>"$log" 2>&1
  ) </dev/null >/dev/null 2>&1 &
  disown
}

# rotated LOG: keeps one older log once it is above 20 MB
rotated() { [[ ! -f $1 || $(stat -c %s "$1") -lt 20000000 ]] || mv -f "$1" "$1.1"; }

# apt_install LOG PACKAGE…: with the distribution's own tool; 1 where that is not to be had, dies where it fails
apt_install() {
  local log=$1
  shift
  ((!EUID)) && command -v apt-get >/dev/null || return 1
  say "installing $* with apt-get (log: $log)"
  {
    apt-get -o DPkg::Lock::Timeout=120 update
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
  } </dev/null 9>&- >>"$log" 2>&1 || die "apt-get could not install $*: $(tail -n1 "$log")"
}

# http_ok PORT PATH: without curl, which a bare machine lacks
http_ok() {
  local status
  status=$({
    exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3 && read -r -t 5 line <&3 && echo "$line"
  } 2>/dev/null)
  [[ $status == *" 200 "* ]]
}

need_sdk() {
  command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
    die "the .NET 10 SDK is needed (dotnet --list-sdks shows none)"
}

# sources: a digest of all that a build reads; it also sees deleted files and switched branches, which times alone do not
sources() {
  find services contracts infra/Dev Directory.*.props global.json .editorconfig Platform.sln \( -name bin -o -name obj \) -prune -o \
    -type f ! -name packages.lock.json -printf '%p %s %T@\n' 2>/dev/null | sort | sha256sum
}
built() { [[ -f $1 && $(sources) == "$(<"$1")" ]]; }

# build TARGET STAMP [ARG…]: Release; no build server outlives it, such a one would hold the caller's descriptors
build() {
  local target=$1 stamp=$2 began
  shift 2
  need_sdk
  mkdir -p .local
  began=$(sources)
  (
    flock 8
    dotnet build "$target" -c Release -v q -nologo -nodeReuse:false -p:UseSharedCompilation=false "$@" </dev/null
  ) 8>.local/build.lock >.local/build.log 2>&1 || { grep -E 'error|warn' .local/build.log | sort -u | head -n 40 >&2; return 1; }
  say "$began" >"$stamp"
}
