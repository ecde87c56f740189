// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configsession.h"

#include <memory>

namespace Treewarden {

/// Where configurations lie while they are edited. What was changed and is not saved stays here
/// when its page is left, and is found again when somebody comes back.
class ConfigDesk : public QObject
{
    Q_OBJECT
public:
    explicit ConfigDesk(FleetSource &source, QObject *parent = nullptr);
    ~ConfigDesk() override;

    /// The session for these servers, in this order.
    std::shared_ptr<ConfigSession> session(const QStringList &ips);

    /// The servers with changes that are not saved.
    QStringList unsaved() const;
    /// Takes all of them back.
    void revertAll();

Q_SIGNALS:
    /// A document of any session changed.
    void changed();

private:
    FleetSource &m_source;
    QList<std::shared_ptr<ConfigSession>> m_sessions;
};

} // namespace Treewarden
