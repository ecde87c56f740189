#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Treewarden developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzzes the parsers of foreign bytes with libFuzzer under AddressSanitizer and UndefinedBehaviorSanitizer, two at a
# time, and closes with "N fuzzed, N crashed". What is found new stays in build/fuzz/corpus, crashes in build/fuzz/crashes.
#
#   tests/fuzz/run.sh [--seconds N] [--no-install] [word …]     60 seconds each, all words
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=installer/packages.sh
. installer/packages.sh

seconds=60 install=yes
while [ $# -gt 0 ]; do
    case "$1" in
    --seconds) seconds=$2 && shift ;;
    --no-install) install=no ;;
    --help) sed -n '7s/^# \{0,1\}//p' "$0" && exit 0 ;;
    -*) printf 'There is no option %s: see --help.\n' "$1" >&2 && exit 64 ;;
    *) break ;;
    esac
    shift
done

mapfile -t missing < <(missing_packages "${packages_to_build[@]}" "${packages_to_fuzz[@]}")
if [ ${#missing[@]} -gt 0 ]; then
    printf 'The fuzzers need: %s\n' "${missing[*]}"
    [ "$install" = yes ] || { printf 'Install them, or run without --no-install.\n' >&2 && exit 69; }
    install_packages "${missing[@]}"
fi

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz
if [ $# -gt 0 ]; then
    words=("$@")
else
    mapfile -t words <build/fuzz/fuzzers/words
fi
for word in "${words[@]}"; do
    [ -x "build/fuzz/fuzzers/${word}fuzz" ] || { printf 'There is no fuzzer %s: see tests/fuzz/CMakeLists.txt.\n' "$word" >&2 && exit 64; }
done

# fuzz WORD: one line with what was done; exit 1 after a crash, a hang (10 s for one input) or more than 1 GiB of memory.
fuzz() {
    local word=$1 log=build/fuzz/logs/$1.log program=build/fuzz/fuzzers/${1}fuzz status=0 crash
    mkdir -p "build/fuzz/corpus/$word" build/fuzz/crashes build/fuzz/logs
    "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=8192 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/crashes/$word-" "build/fuzz/corpus/$word" "tests/fuzz/corpus/$word" >"$log" 2>&1 || status=$?
    printf '%-16s %10s executions %8s/s  %s\n' "$word" "$(grep -oP 'number_of_executed_units:\s*\K\d+' "$log" || echo '?')" \
        "$(grep -oP 'average_exec_per_sec:\s*\K\d+' "$log" || echo '?')" "$([ $status = 0 ] && echo ok || echo CRASHED)"
    [ $status = 0 ] && return 0
    grep -m 3 -E '^(==[0-9]+==ERROR|SUMMARY|broken promise)|runtime error' "$log" | sed 's/^/    /' || tail -n 5 "$log"
    crash=$(grep -oP 'Test unit written to \K.*' "$log" || true)
    printf '    repeat it with: %s %s\n' "$program" "$crash"
    return 1
}
export -f fuzz
export seconds
status=0
printf '%s\n' "${words[@]}" | xargs -P 2 -I{} bash -c 'fuzz {} || { echo {} >>build/fuzz/crashed && exit 1; }' || status=$?
crashed=0
[ ! -e build/fuzz/crashed ] || { crashed=$(wc -l <build/fuzz/crashed) && rm build/fuzz/crashed; }
printf '%s fuzzed, %s crashed\n' "${#words[@]}" "$crashed"
[ "$status" = 0 ] && [ "$crashed" = 0 ]
