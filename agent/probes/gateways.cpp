// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/gateways.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"

#include <QHostAddress>

#include <algorithm>
#include <arpa/inet.h>
#include <utility>
#include <vector>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr uint flagUp = 0x1, flagGateway = 0x2; // RTF_UP, RTF_GATEWAY
constexpr qsizetype longestRouteTable = 256 * 1024;

struct Route
{
    quint32 metric = 0;
    QHostAddress gateway;
};

QStringList inOrderOfMetric(std::vector<Route> routes)
{
    std::stable_sort(routes.begin(), routes.end(),
                     [](const Route &a, const Route &b) { return a.metric < b.metric; });
    QStringList gateways;
    for (const Route &route : routes)
        gateways << route.gateway.toString();
    gateways.removeDuplicates();
    return gateways;
}

} // namespace

QStringList parseGateways4(QByteArrayView text)
{
    std::vector<Route> routes;
    takeLine(&text); // the head
    while (!text.isEmpty()) {
        QByteArrayView line = takeLine(&text);
        takeWord(&line); // interface
        const auto destination = hexNumberOf<quint32>(takeWord(&line)),
                   gateway = hexNumberOf<quint32>(takeWord(&line)),
                   flags = hexNumberOf<quint32>(takeWord(&line));
        takeWord(&line);
        takeWord(&line);
        const auto metric = takeNumber<quint32>(&line);
        const auto mask = hexNumberOf<quint32>(takeWord(&line));
        if (!destination || !gateway || !flags || !metric || !mask)
            continue;
        // Addresses stand there as the machine keeps network order in an integer.
        if (*destination == 0 && *mask == 0 && *gateway != 0
            && (*flags & (flagUp | flagGateway)) == (flagUp | flagGateway))
            routes.push_back({*metric, QHostAddress(ntohl(*gateway))});
    }
    return inOrderOfMetric(std::move(routes));
}

QStringList parseGateways6(QByteArrayView text)
{
    std::vector<Route> routes;
    while (!text.isEmpty()) {
        QByteArrayView line = takeLine(&text);
        const QByteArrayView destination = takeWord(&line), length = takeWord(&line);
        takeWord(&line);
        takeWord(&line);
        const QByteArray gateway = QByteArray::fromHex(takeWord(&line).toByteArray());
        const auto metric = hexNumberOf<quint32>(takeWord(&line));
        takeWord(&line);
        takeWord(&line);
        const auto flags = hexNumberOf<quint32>(takeWord(&line));
        const bool isDefault = length == "00" && destination.count('0') == destination.size();
        if (!isDefault || gateway.size() != 16 || !metric || !flags
            || (*flags & (flagUp | flagGateway)) != (flagUp | flagGateway))
            continue;
        const QHostAddress address(reinterpret_cast<const quint8 *>(gateway.constData()));
        if (!address.isLinkLocal())
            routes.push_back({*metric, address});
    }
    return inOrderOfMetric(std::move(routes));
}

QStringList readGateways(const QString &procRoot)
{
    return parseGateways4(HostFile(procRoot + u"/net/route"_s, longestRouteTable).read()).mid(0, 1)
        + parseGateways6(HostFile(procRoot + u"/net/ipv6_route"_s, longestRouteTable).read())
              .mid(0, 1);
}

} // namespace Treewarden
