// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/ipaddress.h"

#include <arpa/inet.h>
#include <array>
#include <cstring>

namespace Treewarden {

namespace {

struct Address
{
    int family;
    std::array<unsigned char, 16> bytes;
};

std::optional<Address> parseAddress(const QString &text)
{
    if (text.isEmpty() || text.size() > 64)
        return std::nullopt;
    const QByteArray latin = text.toLatin1();
    Address address{AF_INET, {}};
    if (inet_pton(AF_INET, latin.constData(), address.bytes.data()) == 1)
        return address;
    address.family = AF_INET6;
    if (inet_pton(AF_INET6, latin.constData(), address.bytes.data()) != 1)
        return std::nullopt;
    static constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::memcmp(address.bytes.data(), mapped.data(), mapped.size()) == 0) {
        std::memmove(address.bytes.data(), address.bytes.data() + 12, 4);
        address.family = AF_INET;
    }
    return address;
}

QString formatAddress(const Address &address)
{
    if (address.family == AF_INET) {
        return QString::number(address.bytes[0]) + u'.' + QString::number(address.bytes[1]) + u'.'
            + QString::number(address.bytes[2]) + u'.' + QString::number(address.bytes[3]);
    }
    // glibc would write ::a.b.c.d for the old compatible addresses; RFC 5952 section 5 keeps mixed
    // notation for well-known prefixes only, so the groups are written here.
    std::array<int, 8> groups{};
    for (int i = 0; i < 8; ++i)
        groups[i] = address.bytes[2 * i] << 8 | address.bytes[2 * i + 1];
    int bestStart = -1, bestLength = 1;
    for (int i = 0; i < 8; ++i) {
        int length = 0;
        while (i + length < 8 && groups[i + length] == 0)
            ++length;
        if (length > bestLength) {
            bestStart = i;
            bestLength = length;
        }
    }
    QString text;
    for (int i = 0; i < 8; ++i) {
        if (i == bestStart) {
            text += u"::";
            i += bestLength - 1;
            continue;
        }
        if (!text.isEmpty() && !text.endsWith(u':'))
            text += u':';
        text += QString::number(groups[i], 16);
    }
    return text;
}

/// Four numbers up to 255 without leading zeros: what nearly every address is.
bool isPlainIpv4(QStringView text)
{
    int group = 0, digits = 0, groups = 1;
    for (const QChar c : text) {
        if (c == u'.') {
            if (digits == 0 || ++groups > 4)
                return false;
            group = digits = 0;
            continue;
        }
        if (c < u'0' || c > u'9' || (digits > 0 && group == 0))
            return false;
        group = 10 * group + (c.unicode() - u'0');
        if (++digits > 3 || group > 255)
            return false;
    }
    return groups == 4 && digits > 0;
}

} // namespace

std::optional<QString> canonicalIp(const QString &text)
{
    const auto address = parseAddress(text);
    return address ? std::optional(formatAddress(*address)) : std::nullopt;
}

bool isCanonicalIp(const QString &text)
{
    return isPlainIpv4(text) || canonicalIp(text) == text;
}

bool ipLessThan(const QString &left, const QString &right)
{
    const auto a = parseAddress(left), b = parseAddress(right);
    if (!a || !b)
        return a ? true : (b ? false : left < right);
    if (a->family != b->family)
        return a->family == AF_INET;
    return a->bytes < b->bytes;
}

QByteArray ipSortKey(const QString &ip)
{
    const auto address = parseAddress(ip);
    if (!address)
        return '7' + ip.toUtf8();
    return (address->family == AF_INET ? '4' : '6')
        + QByteArray(reinterpret_cast<const char *>(address->bytes.data()),
                     qsizetype(address->bytes.size()));
}

} // namespace Treewarden
