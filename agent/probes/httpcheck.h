// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/httpanswer.h"
#include "agent/probes/probe.h"

namespace Treewarden {

class Parameters;

/// What an HTTP answer must be.
struct HttpExpectation
{
    QString where; ///< begins the sentences: "http://127.0.0.1:80/"
    int below = 400; ///< statuses that will do, unless `statuses` lists them
    QList<int> statuses;
    QByteArray text; ///< somewhere in the answer; empty: whatever it says

    bool takes(int status) const;
    QString wanted() const; ///< "one below 400", "200 or 204"
};

/// A parameter that is a status, a list of them, or "any".
void readStatuses(Parameters *parameters, const ProbeCheck &check, const QString &name,
                  HttpExpectation *expected);

/// The verdict on what was received so far, with `status` in its info; nothing while more must
/// come.
std::optional<CheckResult> judgeHttp(QByteArrayView reply, bool isEnd,
                                     const HttpExpectation &expected);

/// Bytes that are no HTTP: died.
CheckResult notHttpResult(const QString &where, const QString &said);

} // namespace Treewarden
