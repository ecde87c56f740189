// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/mysqlgreeting.h"

#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int tooManyConnections = 1040, hostBlocked = 1129, hostNotAllowed = 1130;

/// What an ERR packet instead of the greeting means: a server that will not talk to this host is
/// alive.
CheckResult judgeRefusal(int code, const QString &said, const QString &where)
{
    const QJsonObject args{{u"target"_s, where}, {u"said"_s, said}, {u"error"_s, code}};
    const QString sentence = u"MySQL at %1 says: %2"_s.arg(where, said);
    if (code != hostNotAllowed && code != hostBlocked)
        return CheckResult::died(
            sentence, code == tooManyConnections ? u"mysql.full"_s : u"mysql.error"_s, args);
    CheckResult result = CheckResult::isAlive();
    result.reason = sentence;
    result.code = u"mysql.note"_s;
    result.args = args;
    return result;
}

} // namespace

std::optional<CheckResult> judgeMysqlGreeting(QByteArrayView reply, const QString &where)
{
    if (reply.size() < 5)
        return std::nullopt;
    const auto byte = [reply](qsizetype i) { return int(uchar(reply.at(i))); };
    const qsizetype length = byte(0) | byte(1) << 8 | byte(2) << 16;
    const QString said
        = oneLine(QString::fromUtf8(reply.first(std::min<qsizetype>(reply.size(), 40))), 80);
    const CheckResult rubbish
        = CheckResult::died(u"%1 answered \"%2\", which is no MySQL greeting"_s.arg(where, said),
                            u"mysql.protocol"_s, {{u"target"_s, where}, {u"said"_s, said}});
    if (byte(3) > 1 || length < 3 || length > 4096 || (byte(4) != 10 && byte(4) != 0xff))
        return rubbish;
    if (reply.size() < 4 + length)
        return std::nullopt;
    const QByteArrayView packet = reply.sliced(4, length);
    if (byte(4) == 0xff)
        return judgeRefusal(byte(5) | byte(6) << 8,
                            oneLine(QString::fromUtf8(packet.sliced(3)), 120), where);
    const qsizetype end = packet.indexOf('\0', 1);
    if (end < 0 || packet.size() < end + 5)
        return rubbish;
    CheckResult result = CheckResult::isAlive();
    result.info.insert(u"version"_s, oneLine(QString::fromUtf8(packet.sliced(1, end - 1)), 80));
    quint32 connection = 0;
    for (int i = 3; i >= 0; --i)
        connection = connection << 8 | uchar(packet.at(end + 1 + i));
    result.info.insert(u"connections"_s,
                       qint64(connection)); // ids count up from the server's start
    return result;
}

} // namespace Treewarden
