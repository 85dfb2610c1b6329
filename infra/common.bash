# shellcheck shell=bash
# What run, test and infra/servers share. Sourced, never run.

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }
export LC_ALL=C.UTF-8

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
}

# rotated LOG: keeps one older log once it is above 20 MB
rotated() { [[ ! -f $1 || $(stat -c %s "$1") -lt 20000000 ]] || mv -f "$1" "$1.1"; }
