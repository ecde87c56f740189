// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QString>

namespace Treewarden {

/// Logs what is wrong with the input, one line of a kind a minute: whoever floods a channel must
/// not flood the log too.
class Complaints
{
public:
    Complaints() { m_clock.start(); }

    /// `kind` is one of a few fixed words.
    void complain(const QString &kind, const QString &sentence);

private:
    struct Kind
    {
        qint64 quietUntil = 0;
        qint64 unsaid = 0;
    };

    QElapsedTimer m_clock;
    QHash<QString, Kind> m_kinds;
};

} // namespace Treewarden
