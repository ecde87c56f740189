// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/httpcheck.h"

#include "agent/probes/parameters.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

CheckResult httpDied(const HttpExpectation &expected, const QString &sentence, const QString &kind,
                     QJsonObject args)
{
    args.insert(u"target"_s, expected.where);
    return CheckResult::died(sentence, u"http."_s + kind, args);
}

} // namespace

bool HttpExpectation::takes(int status) const
{
    return statuses.isEmpty() ? status < below : statuses.contains(status);
}

QString HttpExpectation::wanted() const
{
    QStringList numbers;
    for (const int status : statuses)
        numbers << QString::number(status);
    return numbers.isEmpty() ? u"one below %1"_s.arg(below) : numbers.join(u" or "_s);
}

void readStatuses(Parameters *parameters, const ProbeCheck &check, const QString &name,
                  HttpExpectation *expected)
{
    if (check.parameters.value(name) == u"any"_s)
        expected->below = 600;
    else
        expected->statuses = parameters->numbers(name, 100, 599);
}

CheckResult notHttpResult(const QString &where, const QString &said)
{
    return CheckResult::died(u"%1 answered \"%2\", which is not HTTP"_s.arg(where, said),
                             u"http.protocol"_s, {{u"target"_s, where}, {u"said"_s, said}});
}

std::optional<CheckResult> judgeHttp(QByteArrayView reply, bool isEnd,
                                     const HttpExpectation &expected)
{
    constexpr qsizetype longestSearched = 256 * 1024;
    const auto head = parseHttpHead(reply);
    if (!head)
        return notHttpResult(expected.where, head.error().text);
    if (!*head && !isEnd)
        return std::nullopt;
    if (!*head)
        return notHttpResult(
            expected.where,
            oneLine(QString::fromUtf8(reply.first(std::min<qsizetype>(reply.size(), 160))), 80));
    const int status = (*head)->status;
    if (!expected.takes(status))
        return httpDied(expected,
                        u"%1 answered with status %2 where %3 was expected"_s.arg(expected.where)
                            .arg(status)
                            .arg(expected.wanted()),
                        u"status"_s, {{u"status"_s, status}});
    CheckResult result = CheckResult::isAlive();
    result.info.insert(u"status"_s, status);
    if (expected.text.isEmpty() || reply.contains(expected.text))
        return result;
    if (!isEnd && reply.size() < longestSearched)
        return std::nullopt;
    const QString text = oneLine(QString::fromUtf8(expected.text), 80);
    return httpDied(expected,
                    u"the answer of %1 does not contain \"%2\""_s.arg(expected.where, text),
                    u"text"_s, {{u"text"_s, text}});
}

} // namespace Treewarden
