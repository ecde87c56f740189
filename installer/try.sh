#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Treewarden developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Watch this machine live, without setting anything up: builds Treewarden, starts a private Redis, enrols this machine
# with the services that run on it, and starts agent, executor, web page and (where there is a display) the console.
# Ctrl+C stops all of it and leaves nothing behind but the build folder.
#
#   installer/try.sh [--no-install] [--no-console] [--port 8420] [--for SECONDS]
#
#   --no-install   never install packages: say what is missing and leave
#   --no-console   do not open the desktop console
#   --port PORT    where the web page listens on 127.0.0.1 (default 8420; a free one when that is taken)
#   --for SECONDS  stop by itself after so many seconds
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=installer/packages.sh
. installer/packages.sh

install=yes console=yes port=8420 seconds=
while [ $# -gt 0 ]; do
    case "$1" in
    --no-install) install=no ;;
    --no-console) console=no ;;
    --port) port=${2:?--port needs a number} && shift ;;
    --for) seconds=${2:?--for needs a number of seconds} && shift ;;
    -h | --help) sed -n '4,13s/^#\( \|$\)//p' "$0" && exit 0 ;;
    *) printf 'try.sh: "%s" is no option of mine: see --help.\n' "$1" >&2 && exit 64 ;;
    esac
    shift
done
for number in "$port" "${seconds:-1}"; do
    case "$number" in
    '' | *[!0-9]*) printf 'try.sh: "%s" is not a number: see --help.\n' "$number" >&2 && exit 64 ;;
    esac
done

bold='' plain='' dim=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
fi
step() { printf '%s==>%s %s\n' "$bold" "$plain" "$*"; }

bin=$PWD/build/release/bin
folder=
declare -A pids=()

stop_all() {
    trap - EXIT INT TERM HUP
    local name
    # The agent first: it says goodbye to Redis, which therefore goes last.
    for name in timer console web agent executor redis; do
        [ "$name" != redis ] || [ ! -x "$folder/demo" ] || "$folder/demo" stop >/dev/null 2>&1 || true
        [ -n "${pids[$name]:-}" ] || continue
        kill "${pids[$name]}" 2>/dev/null || true
        wait "${pids[$name]}" 2>/dev/null || true
    done
    [ -z "$folder" ] || rm -rf "$folder"
}
trap stop_all EXIT
trap 'printf "\n"; step "Stopping"; exit 0' INT TERM HUP

die() { # MESSAGE [LOG]: the sentence, and the end of the log that tells more
    printf 'try.sh: %s\n' "$1" >&2
    [ -z "${2:-}" ] || tail -n 15 "$2" >&2
    exit 70
}

start() { # NAME COMMAND…: in the background, its output in the folder
    local name=$1
    shift
    "$@" >"$folder/$name.log" 2>&1 </dev/null &
    pids[$name]=$!
}

until_true() { # SECONDS COMMAND…: polls until the command succeeds
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.05
    done
}

build() {
    local log=build/release/build.log
    mkdir -p build/release
    cmake --preset release >"$log" 2>&1 || die "cmake could not configure the build:" "$log"
    if [ -t 1 ]; then
        NINJA_STATUS='    [%p] ' cmake --build --preset release || die "the build failed; the lines above say where."
    else
        NINJA_STATUS='[%p] ' cmake --build --preset release 2>&1 | tee -a "$log" |
            awk 'match($0, /^\[ *[0-9]+%\]/) { p = substr($0, 2, 3) + 0; if (p >= next_one) { print "    " p " %"; fflush(); next_one = p - p % 20 + 20 } }' ||
            die "the build failed:" "$log"
    fi
}

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# 1. Packages
mapfile -t missing < <(missing_packages "${packages_to_build[@]}" "${packages_to_run[@]}")
if [ ${#missing[@]} -gt 0 ]; then
    step "Missing to build and run Treewarden (compiler, Qt 6, hiredis, libmicrohttpd, redis-server):"
    printf '    %s\n' "${missing[*]}"
    if [ "$install" = no ]; then
        printf 'try.sh: install them with apt, or run without --no-install.\n' >&2
        exit 69
    fi
    step "Installing them with apt (no daemon of theirs is started)"
    install_packages "${missing[@]}" || die "apt could not install them; its lines above say why."
fi

# 2. Build
step "Building (the first time takes a few minutes, then seconds)"
build

# 3. A Redis of our own, on a Unix socket that only this user can open
folder=$(mktemp -d "${TMPDIR:-/tmp}/treewarden-try.XXXXXX")
export TREEWARDEN_REDIS="unix://$folder/redis.sock" XDG_CONFIG_HOME="$folder/config"
step "Starting a private Redis, without any port"
start redis redis-server --port 0 --unixsocket "$folder/redis.sock" --unixsocketperm 700 --save '' --dir "$folder"
until_true 10 redis-cli -s "$folder/redis.sock" ping || die "redis-server did not start:" "$folder/redis.log"

# 4. A key that signs what we ask for, and this machine's trust in it
"$bin/treewarden" keygen "$folder/key" --no-passphrase --name try >"$folder/key.log" 2>&1 ||
    die "no key could be made:" "$folder/key.log"
export TREEWARDEN_KEY="$folder/key"
cp "$folder/key.pub" "$folder/trusted-keys"
printf '[policy]\n' >"$folder/policy.conf"
cat >"$folder/try.conf" <<CONF
[security]
trusted_keys = $folder/trusted-keys
policy = $folder/policy.conf
[executor]
socket = $folder/executor.sock
state_dir = $folder/executor
agent_user = $(id -un)
units = children
CONF
# Containers may have no machine id: then the agent makes one.
[ -s /etc/machine-id ] || printf 'machine_id_file = %s\n' "$folder/state/machine-id" >>"$folder/try.conf"

# 5. Enrol this machine: the agent says what runs here and leaves with 68, we accept and sign it
step "Looking for the services of this machine"
status=0
STATE_DIRECTORY="$folder/state" "$bin/treewarden-agent" --config "$folder/try.conf" >"$folder/pending.log" 2>&1 || status=$?
[ "$status" = 68 ] || die "the agent could not introduce itself:" "$folder/pending.log"
ip=$("$bin/treewarden" pending | awk 'NR == 2 { print $1 }')
"$bin/treewarden" enrol "$ip" --yes >"$folder/enrol.log" 2>&1 || die "this machine could not be enrolled:" "$folder/enrol.log"

# 6. What carries commands out, and a service to try them on: a second Redis that may be killed
add_demo() {
    cat >"$folder/demo" <<SCRIPT
#!/bin/sh
case "\$1" in
start) exec $(command -v redis-server) --port 0 --unixsocket $folder/demo.sock --daemonize yes --save '' --dir $folder ;;
stop) exec $(command -v redis-cli) -s $folder/demo.sock shutdown nosave ;;
restart) "\$0" stop; exec "\$0" start ;;
esac
SCRIPT
    chmod 700 "$folder/demo"
    "$folder/demo" start >/dev/null
    local check="{\"alive\": {\"probe\": \"redis\", \"path\": \"$folder/demo.sock\"}}" actions='' action
    for action in start stop restart; do
        actions="$actions${actions:+, }\"$action\": {\"argv\": [\"$folder/demo\", \"$action\"]}"
    done
    "$bin/treewarden" config get "$ip" | sed \
        -e "s|^\( *\)\"services\": |\1\"controlled\": {\"demo\": {\"default\": {$actions}}},\n\1\"services\": |" |
        sed -e "s|\"services\": {}|\"services\": {\"demo\": {\"default\": $check}}|" \
            -e "s|\"services\": {\$|\"services\": {\"demo\": {\"default\": $check},|" >"$folder/demo.json"
    "$bin/treewarden" config set "$ip" "$folder/demo.json" >"$folder/demo.log" 2>&1
}
has_executor=no
if [ -x "$bin/treewarden-executor" ]; then
    mkdir -m 700 "$folder/executor"
    "$bin/treewarden-executor" --config "$folder/try.conf" --prepare >"$folder/prepare.log" 2>&1 ||
        die "the executor could not be prepared:" "$folder/prepare.log"
    start executor "$bin/treewarden-executor" --config "$folder/try.conf"
    until_true 10 test -S "$folder/executor.sock" || die "the executor did not start:" "$folder/executor.log"
    if add_demo; then
        has_executor=yes
    else
        printf '    no service to try commands on: %s\n' "$(tail -n 1 "$folder/demo.log")"
    fi
fi

# 7. Everything that watches
while ! is_free "$port"; do
    printf '    Port %s is taken, trying %s\n' "$port" "$((port + 1))"
    port=$((port + 1))
done
start agent env STATE_DIRECTORY="$folder/state" "$bin/treewarden-agent" --ip "$ip" --config "$folder/try.conf"
start web "$bin/treewarden-web" --listen "127.0.0.1:$port"
until_true 10 grep -q . <(redis-cli -s "$folder/redis.sock" hget servers:alive "$ip" | grep 1) || true
until_true 15 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" || die "the web page did not start:" "$folder/web.log"
alive() { "$bin/treewarden" server "$ip" | grep -q alive; }
until_true 15 alive || die "the agent did not report:" "$folder/agent.log"

shown="no display here: run it on a desktop"
if [ "$console" = no ]; then
    shown="left out (--no-console)"
elif [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    start console "$bin/treewarden-console"
    shown="its window is open"
fi

# A service tree of what runs here, so that the tree pages have something to show.
"$bin/treewarden" paas set this-machine --template --from-fleet --title "This machine" >"$folder/paas.log" 2>&1 ||
    printf '    no service tree: %s\n' "$(tail -n 1 "$folder/paas.log")"

commands=
if [ "$has_executor" = yes ]; then
    commands="
  ${bold}Commands${plain}   export TREEWARDEN_KEY=$folder/key      (a key that this machine trusts while this runs)
             build/release/bin/treewarden run $ip demo default restart --wait
             build/release/bin/treewarden commands"
fi

step "This machine is watched as $ip"
"$bin/treewarden" servers || true
cat <<TEXT

  ${bold}Web page${plain}   http://127.0.0.1:$port
  ${bold}Console${plain}    $shown
  ${bold}Terminal${plain}   export TREEWARDEN_REDIS=$TREEWARDEN_REDIS
             build/release/bin/treewarden server $ip
             build/release/bin/treewarden events --follow$commands
  ${dim}Logs       $folder/*.log${plain}

Kill a service of this machine and see it die at once. ${bold}Ctrl+C${plain} stops everything.
TEXT

# 8. Until somebody stops it, the time is over, or a part ends
if [ -n "$seconds" ]; then
    sleep "$seconds" &
    pids[timer]=$!
fi
while :; do
    ended=
    wait -n -p ended "${pids[@]}" || true
    if [ "$ended" = "${pids[timer]:-none}" ]; then
        step "$seconds seconds are over: stopping"
        exit 0
    elif [ "$ended" = "${pids[console]:-none}" ]; then
        unset 'pids[console]'
        step "The console was closed; page and agent go on until Ctrl+C"
    else
        for name in "${!pids[@]}"; do
            [ "${pids[$name]}" != "$ended" ] || die "the $name ended by itself:" "$folder/$name.log"
        done
        exit 70
    fi
done
