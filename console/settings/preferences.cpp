// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/preferences.h"

#include <QSettings>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

struct PreferenceRow
{
    Preference preference;
    QString key;
    QMetaType type;
    QVariant fallback;
};

const QList<PreferenceRow> &preferenceTable()
{
    static const QMetaType text = QMetaType::fromType<QString>();
    static const QMetaType bytes = QMetaType::fromType<QByteArray>();
    static const QMetaType map = QMetaType::fromType<QVariantMap>();
    static const QList<PreferenceRow> table{
        {Preference::SigningKeyFile, u"signing/key_file"_s, text, QString()},
        {Preference::KeyKeeping, u"signing/keep_minutes"_s, text, u"15"_s},
        {Preference::Theme, u"look/theme"_s, text, u"system"_s},
        {Preference::Language, u"look/language"_s, text, u"system"_s},
        {Preference::WindowGeometry, u"window/geometry"_s, bytes, QByteArray()},
        {Preference::WindowPage, u"window/page"_s, text, u"overview"_s},
        {Preference::PaletteRecent, u"palette/recent"_s, text, QString()},
        {Preference::ShareAddress, u"share/address"_s, text, u"127.0.0.1"_s},
        {Preference::SharePort, u"share/port"_s, text, u"8420"_s},
        {Preference::ShareProxies, u"share/proxies"_s, text, QString()},
        {Preference::ShareHosts, u"share/hosts"_s, text, QString()},
        {Preference::FleetTableColumns, u"fleet/columns"_s, text, QString()},
        {Preference::FleetTableRows, u"fleet/rows"_s, text, u"comfortable"_s},
        {Preference::FleetTableSort, u"fleet/sort"_s, text, u"state"_s},
        {Preference::FleetSavedFilters, u"fleet/filters"_s, text, u"[]"_s},
        {Preference::ChartRange, u"charts/range"_s, text, u"live"_s},
        {Preference::HiddenCharts, u"charts/hidden"_s, text, QString()},
        {Preference::PageLayouts, u"window/layouts"_s, map, QVariantMap()},
        {Preference::Notifications, u"notifications/show"_s, text, u"on"_s},
        {Preference::QuietTime, u"notifications/quiet"_s, text, QString()},
        {Preference::TrayIcon, u"tray/icon"_s, text, u"on"_s},
        {Preference::CloseToTray, u"tray/close"_s, text, u"off"_s},
        {Preference::TraySaid, u"tray/said"_s, text, u"no"_s},
        {Preference::TimeSpan, u"time/span"_s, text, u"24h"_s},
    };
    return table;
}

const PreferenceRow &preferenceRow(Preference preference)
{
    return preferenceTable().at(qsizetype(preference));
}

} // namespace

Preferences::Preferences(QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
}

QVariant Preferences::value(Preference preference) const
{
    const PreferenceRow &row = preferenceRow(preference);
    const QVariant value = m_settings.value(row.key);
    if (row.type == QMetaType::fromType<QString>() && value.typeId() == QMetaType::QStringList)
        return value.toStringList().join(u','); // QSettings splits an INI's values at commas
    return value.isValid() && value.metaType() == row.type ? value : row.fallback;
}

void Preferences::setValue(Preference preference, const QVariant &value)
{
    if (this->value(preference) == value)
        return;
    m_settings.setValue(preferenceRow(preference).key, value);
    Q_EMIT changed(preference);
}

} // namespace Treewarden
