// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QObject>

namespace Treewarden {

/// The read-only web page of the fleet, served by the console itself while it runs.
class PageSharing : public QObject
{
    Q_OBJECT
public:
    /// Where the page is served, and to whom, as people write it.
    struct Place
    {
        QString address; ///< of this machine: "127.0.0.1"
        int port = 0;
        QString proxies; ///< addresses or networks of TLS proxies, divided by commas
        QString hosts; ///< names by which the page is asked for beside addresses and localhost
    };

    using QObject::QObject;

    /// The error says why not and what to do, in the language of the program.
    virtual Result<void> start(const Place &place) = 0;
    virtual void stop() = 0;
    virtual bool isRunning() const = 0;
    /// "http://127.0.0.1:8420/"; empty while it does not run.
    virtual QString url() const = 0;
    /// How many have the page open now.
    virtual int visitorCount() const = 0;

    /// Only this machine can reach what is served there.
    static bool isLocal(const QString &address);

Q_SIGNALS:
    void changed();
};

} // namespace Treewarden
