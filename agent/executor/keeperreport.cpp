// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/keeper.h"

#include <cstdio>

namespace Treewarden {

namespace {

constexpr char reportFormat[] = "treewarden-keeper 1 %d %d %d %lld %zu";
constexpr int reportFields = 5;

} // namespace

std::string KeeperReport::line() const
{
    char text[160];
    std::snprintf(text, sizeof text, reportFormat, int(end), code, left, milliseconds, size);
    return std::string(text) + '\n';
}

bool KeeperReport::parse(const std::string &text, KeeperReport &report)
{
    int end = -1;
    return std::sscanf(text.c_str(), reportFormat, &end, &report.code, &report.left,
                       &report.milliseconds, &report.size)
        == reportFields
        && end >= int(End::Exited) && end <= int(End::NotStarted)
        && (report.end = End(end), report.line() == text + '\n');
}

} // namespace Treewarden
