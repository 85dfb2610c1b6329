# shellcheck shell=bash disable=SC2015,SC2154
# Private PostgreSQL and RabbitMQ from the machine's packages. Sourced by infra/servers, which sets state, home, ports and password.

# root hands over to the packages' own users; anybody else stays who they are
as_postgres=() as_rabbitmq=()
if ((!EUID)); then
  as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups)
  as_rabbitmq=(setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups)
fi

# the home of private instances: beside the state, or under /var/tmp when the servers' users cannot get to it
choose_home() {
  home=$state/servers
  mkdir -p "$home" || exit 1
  if ((!EUID)) && ! { "${as_postgres[@]}" test -x "$home" && "${as_rabbitmq[@]}" test -x "$home"; }; then
    rmdir "$home" 2>/dev/null
    home=/var/tmp/$name
    mkdir -m 755 "$home" 2>/dev/null
    [[ -O $home && ! -L $home ]] || die "$home belongs to somebody else; set PLATFORM_STATE to a folder that the user postgres can reach"
  fi
  mkdir -p "$home/postgres" "$home/rabbitmq" "$state/logs"
  chmod 700 "$home/postgres" "$home/rabbitmq"
  ((EUID)) || chown postgres: "$home/postgres"
  ((EUID)) || chown rabbitmq: "$home/rabbitmq"
}

# pg_bin [MAJOR]: the folder of the newest installed server, or of that major version
pg_bin() {
  local dir
  for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) "$(dirname "$(command -v postgres || say /none/x)")"; do
    [[ -x $dir/initdb && -x $dir/psql ]] && [[ -z ${1-} || $("$dir/postgres" -V) =~ \ $1[.\ ] ]] && say "$dir" && return
  done
  return 1
}

mq_bin() {
  local dir
  for dir in /usr/lib/rabbitmq/bin "$(dirname "$(command -v rabbitmq-server || say /none/x)")"; do
    [[ -x $dir/rabbitmq-server ]] && say "$dir" && return
  done
  return 1
}

install_packages() {
  local missing=() guard=/usr/sbin/policy-rc.d
  pg_bin >/dev/null || missing+=(postgresql)
  mq_bin >/dev/null || missing+=(rabbitmq-server)
  ((${#missing[@]})) || return 0
  ((!EUID)) && command -v apt-get >/dev/null ||
    die "missing: ${missing[*]}; install (PostgreSQL 15+, RabbitMQ 3.10+), start a Docker engine, or set PLATFORM_POSTGRES and PLATFORM_RABBITMQ"
  # the packages' own services must not start: instances here are private
  if [[ ! -e $guard ]]; then
    printf '#!/bin/sh\nexit 101\n' >$guard && chmod 755 $guard
    # shellcheck disable=SC2064
    trap "rm -f $guard" EXIT
  fi
  apt_install "$state/logs/apt.log" "${missing[@]}"
}

pg_start() {
  local dir=$home/postgres data=$home/postgres/data log=$state/logs/postgres.log bin major pid i socket
  major=$(cat "$data/PG_VERSION" 2>/dev/null)
  bin=$(pg_bin "$major") || die "the data in $data is of PostgreSQL $major, which is not installed: install it, or begin anew with --fresh"
  if ours "$data/postmaster.pid" "$data" >/dev/null; then
    [[ $(sed -n 4p "$data/postmaster.pid") == "$pg_port" ]] && wait_until 60 self pg_answers && return
    say "PostgreSQL: stopping what an earlier run left behind"
  elif [[ -f $data/postmaster.pid ]]; then
    say "PostgreSQL: clearing what an earlier run left behind"
  fi
  halt "$data/postmaster.pid" "$data" INT 20
  must_be_free "$pg_port" PostgreSQL
  cd "$dir" || exit 1
  rm -f .s.PGSQL.* # a lock of ours whose process id somebody else has by now would stop the server
  rotated "$log"
  if [[ ! $major ]]; then
    rm -rf "$data"
    say "$password" | (umask 077 && "${as_postgres[@]}" tee password >/dev/null)
    "${as_postgres[@]}" "$bin/initdb" -D "$data" -U platform -A scram-sha-256 --pwfile=password -E UTF8 --locale=C.UTF-8 </dev/null >>"$log" 2>&1 ||
      { rm -rf "$data"; die "initdb failed: $(tail -n1 "$log") (log: $log)"; }
    rm -f password
  fi
  socket=$dir
  ((${#dir} < 90)) || socket= # a socket's path may have 107 bytes
  { cat "$here/postgres/postgresql.conf"
    printf "%s = '%s'\n" port "$pg_port" listen_addresses 127.0.0.1 unix_socket_directories "$socket"; } >"$data/postgresql.conf"
  for ((i = 0; i < 3; i++)); do
    background "$log" "${as_postgres[@]}" "$bin/postgres" -D "$data"
    pid=$!
    wait_until 60 $pid pg_answers && return
    # backends of a killed server hold its shared memory for a moment
    tail -n5 "$log" | grep -q 'shared memory block' || break
    sleep 2
  done
  die "PostgreSQL did not start: $(grep -E 'FATAL|ERROR' "$log" | tail -n1) (log: $log)"
}

mq_start() {
  local dir=$home/rabbitmq log=$state/logs/rabbitmq.log bin
  bin=$(mq_bin) || die "rabbitmq-server is not installed"
  if ours "$dir/pid" "$dir" >/dev/null; then
    [[ $(cat "$dir/port") == "$amqp_port" ]] && wait_until 20 self mq_answers && return
    say "RabbitMQ: stopping what an earlier run left behind"
  elif [[ -f $dir/pid ]]; then
    say "RabbitMQ: clearing what an earlier run left behind"
  fi
  mq_stop
  must_be_free "$amqp_port" RabbitMQ
  must_be_free $((amqp_port + 1)) "RabbitMQ's distribution"
  must_be_free $((amqp_port + 2)) "RabbitMQ's port mapper"
  cd "$dir" || exit 1
  rotated "$log"
  cat "$here/rabbitmq/rabbitmq.conf" >rabbitmq.conf
  say "$amqp_port" >port
  # RUNNING_UNDER_SYSTEMD: the script becomes the server instead of a shell beside it, so the pid is the server's own.
  # +sbwt short: measured on a virtual machine with 2 cores; waking sleeping schedulers made the start take 18 s (none), 7 s (default), 4 s (short).
  background "$log" env HOME="$dir" RUNNING_UNDER_SYSTEMD=1 RABBITMQ_CONFIG_FILE="$dir/rabbitmq.conf" RABBITMQ_MNESIA_BASE="$dir/mnesia" \
    RABBITMQ_LOG_BASE="$dir/log" RABBITMQ_LOGS=- RABBITMQ_FEATURE_FLAGS_FILE="$dir/feature_flags" RABBITMQ_ENABLED_PLUGINS_FILE="$dir/enabled_plugins" \
    RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_NODENAME=platform@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$amqp_port" \
    RABBITMQ_DIST_PORT=$((amqp_port + 1)) ERL_EPMD_PORT=$((amqp_port + 2)) ERL_EPMD_ADDRESS=127.0.0.1 \
    RABBITMQ_DEFAULT_USER=platform RABBITMQ_DEFAULT_PASS="$password" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +sbwt short +sbwtdcpu none +sbwtdio short' \
    "${as_rabbitmq[@]}" "$bin/rabbitmq-server"
  say $! >pid
  wait_until 90 $! mq_answers || die "RabbitMQ did not start: $(grep -iE 'error|failed' "$log" | tail -n1) (log: $log)"
}

mq_stop() {
  halt "$home/rabbitmq/pid" "$home/rabbitmq" TERM 30
  listening $((amqp_port + 2)) && ERL_EPMD_PORT=$((amqp_port + 2)) epmd -kill >/dev/null 2>&1
  return 0
}
