// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/pagesharing.h"

#include <QPointer>

#include <memory>

namespace Treewarden {

class FleetSource;
class VisitorsPage;
class WatcherSource;

/// What treewarden-web serves, from the fleet that the console watches anyway. It declares no
/// server dead: that is left to other readers. Once started it stays with its source; when that one
/// watches another Redis the page shows that.
class SharedPage : public PageSharing
{
    Q_OBJECT
public:
    explicit SharedPage(QObject *parent = nullptr);
    ~SharedPage() override;

    /// What start() shares from now on: the fleet in front.
    void offer(FleetSource &source);

    Result<void> start(const Place &place) override;
    void stop() override;
    bool isRunning() const override;
    QString url() const override;
    int visitorCount() const override;

private:
    Result<void> serve();
    void leave();
    void serveAgain();

    QPointer<WatcherSource> m_offered, m_source; ///< in front; shared, also while it goes from one
                                                 ///< Redis to another
    Place m_place;
    std::unique_ptr<VisitorsPage> m_page;
};

} // namespace Treewarden
