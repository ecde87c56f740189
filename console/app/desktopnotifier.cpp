// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/desktopnotifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

const QString notificationService = u"org.freedesktop.Notifications"_s;
const QString notificationPath = u"/org/freedesktop/Notifications"_s;
constexpr qsizetype mostShownNotices = 200;

/// Some services read HTML in what they show, others show it as it is: nothing that could be
/// either.
QString plain(QString text)
{
    return text.replace(u'<', u'‹').replace(u'>', u'›').replace(u'&', u'＆');
}

} // namespace

DesktopNotifier::DesktopNotifier(QObject *parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(notificationService, notificationPath, notificationService, u"ActionInvoked"_s,
                this, SLOT(choose(uint, QString)));
    bus.connect(notificationService, notificationPath, notificationService, u"NotificationClosed"_s,
                this, SLOT(forget(uint, uint)));
}

void DesktopNotifier::show(const ProblemNotice &notice)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        Q_EMIT undelivered(notice);
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(notificationService, notificationPath,
                                                       notificationService, u"Notify"_s);
    const QVariantMap hints{{u"urgency"_s, QVariant::fromValue(uchar(1))},
                            {u"category"_s, u"device.error"_s},
                            {u"desktop-entry"_s, u"treewarden-console"_s}};
    call << u"Treewarden"_s << uint(0) << u"treewarden"_s << plain(notice.title)
         << plain(notice.text) << QStringList{u"default"_s, tr("Open")} << hints << -1;
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, notice] {
        answer->deleteLater();
        const QDBusPendingReply<uint> id = *answer;
        if (id.isError()) {
            Q_EMIT undelivered(notice);
            return;
        }
        if (m_shown.size() >= mostShownNotices)
            m_shown.clear();
        m_shown.insert(id.value(), notice);
    });
}

void DesktopNotifier::choose(uint id, const QString &)
{
    const auto shown = m_shown.constFind(id);
    if (shown != m_shown.cend())
        Q_EMIT chosen(ProblemNotice(*shown));
}

void DesktopNotifier::forget(uint id, uint)
{
    m_shown.remove(id);
}

} // namespace Treewarden
