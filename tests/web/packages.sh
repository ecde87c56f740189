#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Treewarden developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what package-lock.json names, unless it is there already. The browser is Debian's.
set -euo pipefail
cd "$(dirname "$0")"
if cmp -s package-lock.json node_modules/.installed; then
    exit 0
fi
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund
cp package-lock.json node_modules/.installed
