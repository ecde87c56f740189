// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace Treewarden {

/// The one text of an address that stands in keys: IPv4 dotted, IPv6 as RFC 5952 has it,
/// IPv4-mapped as IPv4, no zone. Nothing when `text` is no address.
std::optional<QString> canonicalIp(const QString &text);

/// True when `text` is an address in exactly the form that canonicalIp() gives.
bool isCanonicalIp(const QString &text);

/// Before in the order people expect: IPv4 before IPv6, then by number.
bool ipLessThan(const QString &left, const QString &right);

/// Bytes that stand in the order of ipLessThan(), for many comparisons.
QByteArray ipSortKey(const QString &ip);

} // namespace Treewarden
