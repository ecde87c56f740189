// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/aptupgrades.h"

#include <QDateTime>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <memory>
#include <optional>

namespace Treewarden {

/// How many packages wait to be updated, as apt tells without network. Asked in a child of the
/// low priority, and only after the lists or the installed packages changed, or once in six
/// hours: it costs apt some seconds of CPU.
class PackageUpdates : public QObject
{
    Q_OBJECT
public:
    /// Where apt and what it knows are. Without a program nothing is ever asked.
    struct Places
    {
        QString program = QStringLiteral("/usr/bin/apt-get");
        QString lists = QStringLiteral("/var/lib/apt/lists");
        QString status = QStringLiteral("/var/lib/dpkg/status");
    };

    static constexpr std::chrono::milliseconds longestAge = std::chrono::hours(6);
    static constexpr std::chrono::milliseconds longestRun
        = std::chrono::minutes(10); ///< idle time only

    explicit PackageUpdates(Places places, QObject *parent = nullptr);
    ~PackageUpdates() override;

    /// Asks when there may be something new. `now` is a steady clock in ms.
    void lookIfDue(qint64 now);

    /// The last answer; nothing where apt is not, or could not tell.
    std::optional<PendingUpdates> found() const { return m_found; }

Q_SIGNALS:
    /// The answer is another one.
    void changed();

private:
    using Moments = std::pair<QDateTime, QDateTime>;

    Moments moments() const;
    void ask();
    void takeOutput();
    void finish(bool isGood);
    void set(std::optional<PendingUpdates> found);

    const Places m_places;
    std::unique_ptr<QProcess> m_process;
    QTimer m_deadline;
    std::optional<PendingUpdates> m_found;
    PendingUpdates m_counting;
    qsizetype m_taken = 0;
    Moments m_seen;
    std::optional<qint64> m_askedAt;
};

} // namespace Treewarden
