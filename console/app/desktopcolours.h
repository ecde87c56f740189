// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <optional>

class QDBusMessage;
class QVariant;

namespace Treewarden {

/// Whether the desktop is dark, as it tells over the bus (org.freedesktop.portal.Settings), now and
/// whenever it changes.
class DesktopColours : public QObject
{
    Q_OBJECT
public:
    explicit DesktopColours(QObject *parent = nullptr);

    /// Nothing while the desktop has not said or has no wish.
    std::optional<bool> isDark() const { return m_isDark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS: // by name, for the bus
    void take(const QDBusMessage &message);

private:
    void setScheme(const QVariant &value);

    std::optional<bool> m_isDark;
};

} // namespace Treewarden
