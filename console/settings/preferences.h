// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QObject>
#include <QVariant>

class QSettings;

namespace Treewarden {

/// What the console remembers between two runs, beside its sites (SiteBook). A password is never
/// among it.
enum class Preference {
    SigningKeyFile,
    KeyKeeping, ///< minutes that an unused signing key stays unlocked; "0": until it is locked
    Theme, ///< "light", "dark" or "system"
    Language, ///< "en", "zh_CN" or "system"
    WindowGeometry,
    WindowPage, ///< the page shown last
    PaletteRecent, ///< keys of what was used in the command palette, the last one first
    ShareAddress, ///< where the read-only page was served last, and to whom
    SharePort,
    ShareProxies,
    ShareHosts,
    FleetTableColumns, ///< FleetColumns::text(); empty: all
    FleetTableRows, ///< "comfortable" or "compact"
    FleetTableSort, ///< "name", "-cpu": the column's word, with a minus when descending
    FleetSavedFilters, ///< savedFiltersText()
    ChartRange, ///< id of the range that charts showed last
    HiddenCharts, ///< ids, with commas between
    PageLayouts, ///< by page: how it is divided
    Notifications, ///< "on" or "off": messages of new problems
    QuietTime, ///< see QuietHours::parse
    TrayIcon, ///< "on" or "off", where there is a tray
    CloseToTray, ///< "on" or "off"
    TraySaid, ///< "yes" when it was said that the console stays in the tray
    TimeSpan, ///< what the time slider spans: "1h", "24h", "7d", "30d" or "all"
};

/// The preferences of one user, each with the type and default of one table.
class Preferences : public QObject
{
    Q_OBJECT
public:
    explicit Preferences(QSettings &settings, QObject *parent = nullptr);

    /// The remembered value, or the default when there is none or it has another type.
    QVariant value(Preference preference) const;

    QString text(Preference preference) const { return value(preference).toString(); }

    bool isOn(Preference preference) const { return text(preference) == QStringLiteral("on"); }

    void setValue(Preference preference, const QVariant &value);

Q_SIGNALS:
    void changed(Treewarden::Preference preference);

private:
    QSettings &m_settings;
};

} // namespace Treewarden
