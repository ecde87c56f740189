// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/settings/siteprofile.h"

#include <QObject>

class QSettings;

namespace Treewarden {

/// The sites of one user, in their order. The single connection that earlier versions remembered
/// becomes the first of them.
class SiteBook : public QObject
{
    Q_OBJECT
public:
    /// More than these are not kept.
    static constexpr qsizetype mostSites = 50;

    explicit SiteBook(QSettings &settings, QObject *parent = nullptr);

    const QList<SiteProfile> &sites() const { return m_sites; }

    void setSites(const QList<SiteProfile> &sites);

Q_SIGNALS:
    void changed();

private:
    QList<SiteProfile> read() const;
    void write() const;
    void migrate();

    QSettings &m_settings;
    QList<SiteProfile> m_sites;
};

} // namespace Treewarden
