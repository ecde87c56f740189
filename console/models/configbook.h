// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/serverconfig.h"

#include <QObject>
#include <QSet>

namespace Treewarden {

class FleetSource;

/// The configuration of one server as the console needs it.
struct BookedConfig
{
    std::optional<ServerConfig> config; ///< absent: `trouble` says why
    bool isSigned = false; ///< it has a signature; whether it is a good one the server decides
    QSet<QString> protectedRoles; ///< as a whole, by their instance `_`
    QString trouble; ///< a sentence

    /// True when `controlled` says how to do this: under the instance, else under `default`.
    bool controls(const ServiceId &service, const QString &action) const;
    /// The actions that `controlled` names for a service, sorted.
    QStringList actionsOf(const ServiceId &service) const;
    bool isProtected(const ServiceId &service) const;
};

/// The configurations that somebody has asked for, kept true.
class ConfigBook : public QObject
{
    Q_OBJECT
public:
    explicit ConfigBook(FleetSource &source, QObject *parent = nullptr);

    /// The server's configuration, or nullptr while it is not known: it is then asked for, and
    /// changed() follows.
    const BookedConfig *of(const QString &ip);
    /// What Redis holds for the server: the hash server:config:{ip}.
    void take(const QString &ip, const QHash<QByteArray, QByteArray> &fields);

Q_SIGNALS:
    void changed(const QString &ip);

private:
    void ask(const QString &ip);
    void forgetAll();

    FleetSource &m_source;
    QHash<QString, BookedConfig> m_configs;
    QSet<QString> m_asked;
};

} // namespace Treewarden
