// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/bus/systemdcalls.h"

#include <QDBusVariant>

#include <memory>

namespace Treewarden {

using namespace Qt::StringLiterals;

QDBusMessage systemdCall(const QString &path, const QString &interface, const QString &method)
{
    return QDBusMessage::createMethodCall(systemdName.toString(), path, interface, method);
}

QDBusMessage systemdManagerCall(const QString &method)
{
    return systemdCall(u"/org/freedesktop/systemd1"_s, systemdManagerInterface.toString(), method);
}

QString systemdUnitPath(const QString &unit)
{
    QString path = u"/org/freedesktop/systemd1/unit/"_s;
    const QByteArray name = unit.toUtf8();
    for (qsizetype i = 0; i < name.size(); ++i) {
        const uchar c = uchar(name.at(i));
        const bool isPlain
            = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (i > 0 && c >= '0' && c <= '9');
        path += isPlain ? QString(QLatin1Char(char(c))) : u"_%1"_s.arg(uint(c), 2, 16, QChar(u'0'));
    }
    return path;
}

void readSystemdProperties(MessageBus &bus, const QString &path, const QStringList &names,
                           std::chrono::milliseconds timeout,
                           std::function<void(const QVariantMap &)> done)
{
    struct Pending
    {
        QVariantMap values;
        qsizetype left;
        std::function<void(const QVariantMap &)> done;
    };

    const auto pending = std::make_shared<Pending>(Pending{{}, names.size(), std::move(done)});
    for (const QString &name : names) {
        QDBusMessage message = systemdCall(path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
        message << u"org.freedesktop.systemd1."_s + name.section(u'.', 0, 0)
                << name.section(u'.', 1);
        bus.call(message, timeout, [pending, name](const QDBusMessage &reply) {
            if (reply.type() == QDBusMessage::ReplyMessage && reply.signature() == u"v")
                pending->values.insert(
                    name, reply.arguments().constFirst().value<QDBusVariant>().variant());
            if (--pending->left == 0)
                pending->done(pending->values);
        });
    }
}

} // namespace Treewarden
