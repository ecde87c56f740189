// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/desktopcolours.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

const QString portalService = u"org.freedesktop.portal.Desktop"_s;
const QString portalPath = u"/org/freedesktop/portal/desktop"_s;
const QString settingsInterface = u"org.freedesktop.portal.Settings"_s;
const QString appearanceGroup = u"org.freedesktop.appearance"_s;
const QString schemeKey = u"color-scheme"_s;

} // namespace

DesktopColours::DesktopColours(QObject *parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService, portalPath, settingsInterface, u"SettingChanged"_s, this,
                SLOT(take(QDBusMessage)));
    QDBusMessage call
        = QDBusMessage::createMethodCall(portalService, portalPath, settingsInterface, u"Read"_s);
    call << appearanceGroup << schemeKey;
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusPendingReply<QDBusVariant> value = *answer;
        if (!value.isError())
            setScheme(value.value().variant());
    });
}

/// SettingChanged(group, key, value)
void DesktopColours::take(const QDBusMessage &message)
{
    const QVariantList words = message.arguments();
    if (words.size() == 3 && words[0].toString() == appearanceGroup
        && words[1].toString() == schemeKey)
        setScheme(words[2]);
}

/// 1: dark, 2: light, else no wish; it comes wrapped, from Read() twice.
void DesktopColours::setScheme(const QVariant &value)
{
    QVariant plain = value;
    while (plain.metaType() == QMetaType::fromType<QDBusVariant>())
        plain = plain.value<QDBusVariant>().variant();
    const uint scheme = plain.toUInt();
    const std::optional<bool> isDark
        = scheme == 1 || scheme == 2 ? std::optional(scheme == 1) : std::nullopt;
    if (isDark == m_isDark)
        return;
    m_isDark = isDark;
    Q_EMIT changed();
}

} // namespace Treewarden
