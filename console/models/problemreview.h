// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/problemtext.h"

#include <QTimer>

#include <memory>

class QDeadlineTimer;

namespace Treewarden {

class FleetSource;

/// What is wrong with a fleet, for one who shows it: found at once while little is, and in slices
/// when there are thousands of problems, so that nothing else waits for them.
class ProblemReview : public QObject
{
    Q_OBJECT
public:
    /// `most`: so many are put into words.
    ProblemReview(FleetSource &source, qsizetype most, QObject *parent = nullptr);
    ~ProblemReview() override;

    /// Looks again; done() comes before it returns, or soon.
    void look();

    const ProblemOverview &overview() const { return m_overview; }

Q_SIGNALS:
    void done();

private:
    struct Work;

    void begin();
    void goOn();
    void doNext(const QDeadlineTimer &deadline);
    void stop();

    FleetSource &m_source;
    qsizetype m_most;
    ProblemOverview m_overview;
    std::unique_ptr<Work> m_work;
    bool m_isAsked = false; ///< once more
    QTimer m_slices, m_rest;
    qint64 m_took = 0; ///< ns
};

} // namespace Treewarden
