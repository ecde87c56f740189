// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/protection.h"

#include "shared/protocol/commandrequest.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// The role that acts on the whole server.
constexpr QStringView systemRole = u"system";

/// Words that end what they are applied to, in systemctl(1), service(8), kill(1) and their kin.
const QSet<QString> &stoppingWords()
{
    static const QSet<QString> words{u"stop"_s,
                                     u"restart"_s,
                                     u"try-restart"_s,
                                     u"reload-or-restart"_s,
                                     u"force-reload"_s,
                                     u"kill"_s,
                                     u"condrestart"_s,
                                     u"try-reload-or-restart"_s,
                                     u"disable"_s,
                                     u"mask"_s,
                                     u"isolate"_s,
                                     u"freeze"_s,
                                     u"pkill"_s,
                                     u"killall"_s,
                                     u"killall5"_s,
                                     u"skill"_s,
                                     u"condstop"_s,
                                     u"reexec"_s,
                                     u"purge"_s,
                                     u"remove"_s,
                                     u"start-stop-daemon"_s,
                                     u"fuser"_s,
                                     u"slay"_s};
    return words;
}

/// Units that end others when they are started (systemd.special(7)).
const QSet<QString> &endingUnits()
{
    static const QSet<QString> units{u"rescue"_s,
                                     u"emergency"_s,
                                     u"poweroff"_s,
                                     u"reboot"_s,
                                     u"halt"_s,
                                     u"kexec"_s,
                                     u"shutdown"_s,
                                     u"final"_s,
                                     u"umount"_s,
                                     u"suspend"_s,
                                     u"hibernate"_s,
                                     u"exit"_s,
                                     u"hybrid-sleep"_s,
                                     u"soft-reboot"_s,
                                     u"sleep"_s,
                                     u"suspend-then-hibernate"_s,
                                     u"runlevel0"_s,
                                     u"runlevel1"_s,
                                     u"runlevel6"_s,
                                     u"systemd-poweroff"_s,
                                     u"systemd-reboot"_s,
                                     u"systemd-halt"_s,
                                     u"systemd-kexec"_s,
                                     u"systemd-suspend"_s,
                                     u"systemd-hibernate"_s,
                                     u"systemd-exit"_s,
                                     u"ctrl-alt-del"_s};
    return units;
}

/// "ssh.service" → "ssh": services and what starts them are one.
QString stemOf(const QString &unit)
{
    QString stem = unit.toLower();
    for (const QString &ending : {u".service"_s, u".socket"_s, u".timer"_s, u".path"_s}) {
        if (stem.endsWith(ending))
            stem.chop(ending.size());
    }
    return stem;
}

bool isGroup(const QString &unit)
{
    return unit.endsWith(u".target"_s) || unit.endsWith(u".slice"_s) || unit.endsWith(u".scope"_s);
}

QJsonObject objectOf(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QStringList wordsOf(const QStringList &argv)
{
    // What a shell or a path puts together is looked at in parts.
    static const QRegularExpression between(u"[^A-Za-z0-9_.@-]+"_s);
    return argv.join(u' ').toLower().split(between, Qt::SkipEmptyParts);
}

} // namespace

QStringList unitNamesOnDisk(const QString &unit)
{
    QStringList names{unit};
    if (unit.contains(u'/'))
        return names;
    for (const QString &folder :
         {u"/etc/systemd/system/"_s, u"/run/systemd/system/"_s, u"/usr/local/lib/systemd/system/"_s,
          u"/usr/lib/systemd/system/"_s, u"/lib/systemd/system/"_s}) {
        const QString file = QFileInfo(folder + unit).canonicalFilePath();
        if (!file.isEmpty())
            names << QFileInfo(file).fileName();
    }
    names.removeDuplicates();
    return names;
}

Protection::Protection(const ServerConfig &config, const Policy &policy)
    : m_unitNames(&unitNamesOnDisk)
{
    for (const QString &name : policy.protectedServices) {
        if (const auto service = ServiceId::parse(name))
            m_services.insert(*service);
        else
            m_roles.insert(name);
    }
    readServices(objectOf(config.fields.value("services")));
    for (const QString &role : std::as_const(m_roles))
        protect(role);
    for (const ServiceId &service : std::as_const(m_services)) {
        protect(service.role);
        m_names.insert(service.role.toLower() + u'@' + service.instance.toLower());
    }
    readControlled(config.controlled);
}

void Protection::readServices(const QJsonObject &services)
{
    for (auto role = services.begin(); role != services.end(); ++role) {
        const QJsonObject instances = role->toObject();
        for (auto instance = instances.begin(); instance != instances.end(); ++instance) {
            if (!instance->toObject().value(u"protected").toBool())
                continue;
            if (instance.key() == allInstances)
                m_roles.insert(role.key());
            else
                m_services.insert({role.key(), instance.key()});
        }
    }
}

/// A unit that is controlled as a protected service is one of its names.
void Protection::readControlled(const QJsonObject &controlled)
{
    for (auto role = controlled.begin(); role != controlled.end(); ++role) {
        const QJsonObject instances = role->toObject();
        for (auto instance = instances.begin(); instance != instances.end(); ++instance) {
            QStringList names;
            if (covers({role.key(), instance.key()}))
                names << instance.key();
            for (const ServiceId &service : std::as_const(m_services)) {
                if (service.role == role.key() && instance.key() == u"default"_s)
                    names << service.instance;
            }
            for (const QString &name : std::as_const(names))
                protectUnits(instance->toObject(), {role.key(), name});
        }
    }
}

void Protection::protectUnits(const QJsonObject &actions, const ServiceId &service)
{
    for (const QJsonValue &what : actions) {
        QString unit = what.toObject().value(u"unit").toString();
        unit.replace(u":role:"_s, service.role).replace(u":instance:"_s, service.instance);
        unit.replace(u":port:"_s, service.instance);
        if (!unit.isEmpty())
            protect(stemOf(unit));
    }
}

void Protection::protect(const QString &name)
{
    m_names.insert(name.toLower());
    // What the daemon of OpenSSH and its unit are called, here and elsewhere.
    if (name == u"ssh"_s || name == u"sshd"_s)
        m_names += {u"ssh"_s, u"sshd"_s, u"openssh-server"_s};
}

bool Protection::covers(const ServiceId &service) const
{
    return m_roles.contains(service.role) || m_services.contains(service);
}

QString Protection::objection(const ServiceId &service, const QString &action,
                              const ActionRequest &what) const
{
    if (covers(service) && isForbiddenWhenProtected(action))
        return u"%1 is protected on this server: it is never stopped, restarted or shut down"_s.arg(
            service.text());
    return what.unit.isEmpty() ? wordsObjection(what.argv) : unitObjection(service, what);
}

/// The protected name that `unit` is under, or an instance of; empty when it is none.
QString Protection::protectedName(const QString &unit) const
{
    const QString stem = stemOf(unit);
    if (m_names.contains(stem))
        return stem;
    const QString base = stem.section(u'@', 0, 0);
    const bool isOfRole
        = stem.contains(u'@')
        && std::any_of(m_roles.begin(), m_roles.end(), [&base](const QString &role) {
               return role.toLower() == base || (role == u"ssh"_s && base == u"sshd"_s);
           });
    return isOfRole ? base : QString();
}

QString Protection::unitObjection(const ServiceId &service, const ActionRequest &what) const
{
    const bool isStart = what.verb == u"start"_s;
    if (what.verb == u"reload"_s)
        return {};
    for (const QString &name : m_unitNames(what.unit)) {
        const QString hit = protectedName(name);
        if (!isStart && !hit.isEmpty())
            return u"%1 is the unit of %2, which is protected on this server: it is never stopped, "
                   u"restarted or shut down"_s.arg(what.unit, hit);
        const bool isEnding = isStart ? endingUnits().contains(stemOf(name).section(u'.', 0, 0))
                                      : isGroup(name.toLower());
        if (isEnding && service.role != systemRole && !m_names.isEmpty())
            return u"%1 would end services that are protected on this server (%2)"_s.arg(
                what.unit, QStringList(m_names.begin(), m_names.end()).join(u", "_s));
    }
    return {};
}

QString Protection::wordsObjection(const QStringList &argv) const
{
    const QStringList words = wordsOf(argv);
    const bool stops = std::any_of(words.begin(), words.end(), [](const QString &word) {
        return stoppingWords().contains(word);
    });
    if (!stops)
        return {};
    for (const QString &word : words) {
        if (const QString hit = protectedName(word); !hit.isEmpty())
            return u"its words would stop %1, which is protected on this server"_s.arg(hit);
    }
    return {};
}

} // namespace Treewarden
