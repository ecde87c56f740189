// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/varnishcli.h"

#include "agent/probes/lines.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace Treewarden {

using namespace Qt::StringLiterals;

Result<std::optional<VarnishReply>> parseVarnishReply(QByteArrayView bytes)
{
    // "%-3d %-8d\n", CLI_LINE0_LEN of Varnish's vcli.h.
    constexpr qsizetype headSize = 13, longest = 1 << 20;
    const qsizetype end = bytes.indexOf('\n');
    if (end < 0 && bytes.size() < headSize)
        return std::optional<VarnishReply>();
    QByteArrayView head = bytes.first(std::min(bytes.size(), headSize));
    const QString said = oneLine(QString::fromUtf8(head.trimmed()), 80);
    const auto status = takeNumber<int>(&head);
    const auto length = numberOf<qint64>(head.trimmed());
    if (end != headSize - 1 || !status || *status < 100 || *status > 999 || !length || *length < 0
        || *length > longest)
        return Error{said};
    if (bytes.size() < headSize + *length + 1)
        return std::optional<VarnishReply>();
    return std::optional(
        VarnishReply{*status, bytes.sliced(headSize, *length), headSize + qsizetype(*length) + 1});
}

QByteArray varnishAuthentication(QByteArrayView challengeReply, QByteArrayView secret)
{
    constexpr qsizetype challengeSize = 32;
    const qsizetype end = challengeReply.indexOf('\n');
    if (end != challengeSize)
        return {};
    const QByteArray challenge = challengeReply.first(end + 1).toByteArray(); // with its newline
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(challenge);
    hash.addData(secret.toByteArray());
    hash.addData(challenge);
    return "auth " + hash.result().toHex() + '\n';
}

QByteArray varnishChildState(QByteArrayView statusReply)
{
    constexpr QByteArrayView begin = "Child in state ";
    const QByteArrayView line = takeLine(&statusReply).trimmed();
    return line.startsWith(begin) && line.size() < 60 ? line.sliced(begin.size()).toByteArray()
                                                      : QByteArray();
}

std::optional<VarnishBackends> parseVarnishBackends(QByteArrayView listReply)
{
    constexpr qsizetype mostNames = 5;
    // [version, command, time, {name: {"admin_health": …, "probe_message": [good, of, "sick"]}}]
    const auto list = QJsonDocument::fromJson(listReply.toByteArray()).array();
    if (list.size() < 4 || !list.at(3).isObject())
        return std::nullopt;
    const QJsonObject backends = list.at(3).toObject();
    VarnishBackends found;
    for (auto it = backends.begin(); it != backends.end(); ++it) {
        const QJsonObject backend = it.value().toObject();
        const QJsonArray probe = backend.value(u"probe_message"_s).toArray();
        const QString byAdmin = backend.value(u"admin_health"_s).toString();
        const QString byProbe = probe.isEmpty() ? QString() : probe.last().toString();
        const bool isSick = byAdmin == u"sick" || (byAdmin != u"healthy" && byProbe == u"sick");
        ++found.all;
        if (!isSick)
            ++found.healthy;
        else if (found.sick.size() < mostNames)
            found.sick << oneLine(it.key(), 80);
    }
    return found;
}

} // namespace Treewarden
