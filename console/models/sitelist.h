// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/site.h"

#include <vector>

namespace Treewarden {

/// The sites that are watched, in the order in which they are shown, and which of them is in front.
/// A site that is taken away lives until the event loop goes on, so that what shows it can leave
/// it.
class SiteList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    ~SiteList() override;

    const std::vector<std::unique_ptr<Site>> &sites() const { return m_sites; }

    Site *find(const QString &id) const;

    /// The one in front; nullptr while there is none.
    Site *current() const { return m_current; }

    void setCurrent(const QString &id);

    /// The first that is added comes to the front.
    Site &add(std::unique_ptr<Site> site);
    void remove(const QString &id);
    /// Those that are not named come last.
    void setOrder(const QStringList &ids);

    /// Over all sites: the worst, and how many problems there are.
    SiteTally total() const;

Q_SIGNALS:
    /// Which sites there are, or their order.
    void changed();
    /// A name or a tally.
    void siteChanged();
    void currentChanged();
    /// The problems of a site were counted again.
    void siteCounted(const QString &id);
    void siteRemoved(const QString &id);

private:
    std::vector<std::unique_ptr<Site>> m_sites;
    Site *m_current = nullptr;
};

} // namespace Treewarden
