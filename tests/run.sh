#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Treewarden developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the tests need, builds the preset `dev`, runs every test and closes with "N passed, N failed".
#
#   tests/run.sh [--no-install] [--preset dev|dev-asan] [ctest options …]
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=installer/packages.sh
. installer/packages.sh

preset=dev install=yes
while [ $# -gt 0 ]; do
    case "$1" in
    --no-install) install=no ;;
    --preset) preset=$2 && shift ;;
    --help) sed -n '4,6s/^# \{0,1\}//p' "$0" && exit 0 ;;
    *) break ;;
    esac
    shift
done

mapfile -t missing < <(missing_packages "${packages_to_build[@]}" "${packages_to_run[@]}" "${packages_to_test[@]}")
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    missing+=(nodejs npm)
fi
if [ ${#missing[@]} -gt 0 ]; then
    printf 'The tests need: %s\n' "${missing[*]}"
    [ "$install" = yes ] || { printf 'Install them, or run without --no-install.\n' >&2 && exit 69; }
    install_packages "${missing[@]}"
fi

cmake --preset "$preset"
cmake --build --preset "$preset"

results=build/$preset/tests.xml
rm -f "$results"
status=0
ctest --preset "$preset" --parallel "$(($(nproc) * 2))" --output-junit "$PWD/$results" "$@" || status=$?
# The attributes of the <testsuite>, one a line as CTest writes them.
count() { grep -m 1 -oP "^\s*$1=\"\K[0-9]+" "$results" || echo 0; }
failed=$(count failures)
printf '%s passed, %s failed\n' "$(($(count tests) - failed))" "$failed"
exit "$status"
