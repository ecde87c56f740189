// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionscope.h"

#include <QVariantMap>
#include <QWidget>

#include <functional>

namespace Treewarden {

class FleetSource;

/// One page of the main window. It reads the fleet from its source and asks the window for other
/// pages by signals. Colours come from themeOf(this): the window gives a page the stale palette
/// while its source is not live.
class Page : public QWidget
{
    Q_OBJECT
public:
    explicit Page(FleetSource &source, QWidget *parent = nullptr);

    /// Shows one thing of the page: an ip, the id of a tree, a filter. Called before the page comes
    /// to the front.
    virtual void open(const QString &what);
    /// Chooses a part of what is shown, where a page has parts.
    virtual void choose(const QString &part);

    /// What is chosen here and may be acted on.
    virtual ActionScope actionTarget() const { return {}; }

    /// Where one is on this page: filters, tabs, what is chosen; for setPlace() of the same page
    /// built anew. Pages add what only they know.
    virtual QVariantMap place() const;
    virtual void setPlace(const QVariantMap &place);

    /// True when nothing is lost by leaving the page now. Else it asks, and does `then` when the
    /// answer allows it.
    virtual bool mayLeave(const std::function<void()> &then)
    {
        Q_UNUSED(then)
        return true;
    }

    FleetSource &source() const { return m_source; }

Q_SIGNALS:
    void openServer(const QString &ip);
    void openTree(const QString &id);
    void openFleet(const QString &filter);
    void openEvents();
    void openCommands();
    /// Shows the whole console as it was then (Unix ms).
    void momentRequested(qint64 moment);
    /// The configurations of these servers are to be edited together.
    void openConfiguration(const QStringList &ips);
    void actionTargetChanged();
    void actionRequested(const QString &action, const Treewarden::ActionScope &target);
    void maintenanceRequested(const Treewarden::ActionScope &target);
    /// What was changed in the configurations of these servers is to be saved.
    void configSaveRequested(const QStringList &ips);
    /// Somebody wants to decide about servers that ask to be enrolled.
    void enrolRequested(const QStringList &ips);
    /// Something to tell that the page itself doesn't show, a sentence.
    void said(const QString &sentence);

private:
    FleetSource &m_source;
};

} // namespace Treewarden
