# shellcheck shell=bash disable=SC2034
# SPDX-FileCopyrightText: The Treewarden developers
# SPDX-License-Identifier: GPL-3.0-or-later
# What Treewarden needs from Debian 12, and how scripts get it. Sourced by installer/try.sh and tests/run.sh.

# One fact a row: what a script needs, the packages that bring it.
packages_to_build=(cmake g++ ninja-build ccache pkg-config git ca-certificates
    qt6-base-dev libqt6opengl6-dev qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libqscintilla2-qt6-dev qtkeychain-qt6-dev libhiredis-dev libmicrohttpd-dev libsodium-dev libzstd-dev zlib1g-dev)
packages_to_run=(redis-server redis-tools fonts-noto-core fonts-noto-cjk qt6-translations-l10n libsecret-1-0)
packages_to_test=(openssl openssh-server openssh-client nginx-light apache2-bin varnish mariadb-server mariadb-client
    curl procps fonts-dejavu-core chromium iproute2 python3 librapidcheck-dev
    memcached gearman-job-server gearman-tools ganglia-monitor systemd faketime
    dbus-daemon python3-dbus python3-gi)
packages_to_fuzz=(clang-14 libclang-rt-14-dev)

# missing_packages PACKAGE…: prints those that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
    done
}

# as_root COMMAND…: runs it as root, through sudo when need be.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        printf 'Root is needed for "%s", and there is no sudo: run it as root once.\n' "$*" >&2
        return 77
    fi
}

# install_packages PACKAGE…: installs them without starting a single daemon of theirs (policy-rc.d, invoke-rc.d(8)).
install_packages() {
    local policy=/usr/sbin/policy-rc.d made=no status=0
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod +x "$policy" && made=yes
    fi
    { as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } || status=$?
    [ "$made" = no ] || as_root rm -f "$policy"
    return "$status"
}
