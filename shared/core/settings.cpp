// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/settings.h"

#include "shared/core/coretext.h"
#include "shared/core/nearestname.h"
#include "shared/core/textformat.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

const QStringList &knownKeys()
{
    static const QStringList keys{
        u"redis/url"_s,
        u"redis/password_file"_s,
        u"redis/ca_file"_s,
        u"redis/certificate_file"_s,
        u"redis/key_file"_s,
        u"agent/ip"_s,
        u"agent/state_dir"_s,
        u"agent/log_database"_s,
        u"agent/max_rate"_s,
        u"security/trusted_keys"_s,
        u"security/policy"_s,
        u"security/key"_s,
        u"web/listen"_s,
        u"web/hosts"_s,
        u"web/trusted_proxies"_s,
        u"web/title"_s,
        u"log/level"_s,
        u"executor/socket"_s,
        u"executor/state_dir"_s,
        u"executor/agent_user"_s,
        u"executor/units"_s,
        u"executor/machine_id_file"_s,
    };
    return keys;
}

QString asIniName(const QString &key)
{
    const qsizetype slash = key.indexOf(u'/');
    return slash < 0 ? key : u"[%1] %2"_s.arg(key.left(slash), key.mid(slash + 1));
}

Result<void> readIni(const QString &path, Settings &settings)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{CoreText::tr("cannot read the configuration file %1: %2; check --config and "
                                  "the file's permissions")
                         .arg(oneLine(path), file.errorString())};
    }
    if (file.size() > (1 << 20))
        return Error{
            CoreText::tr("the configuration file %1 is larger than 1 MiB: this is not an INI file")
                .arg(oneLine(path))};
    const QByteArray bytes = file.readAll();
    file.close();
    if (bytes.contains('\0'))
        return Error{CoreText::tr("the configuration file %1 is binary: write it as INI text")
                         .arg(oneLine(path))};
    int number = 0;
    bool inSection = false;
    for (const QByteArray &rawLine : bytes.split('\n')) {
        ++number;
        const QByteArray line = rawLine.trimmed();
        if (line.isEmpty() || line.startsWith(';') || line.startsWith('#'))
            continue;
        if (line.startsWith('[') && line.endsWith(']'))
            inSection = true;
        else if (!line.contains('=') || !inSection) {
            return Error{
                CoreText::tr("%1, line %2: '%3' is neither a [section] nor key = value inside one")
                    .arg(oneLine(path))
                    .arg(number)
                    .arg(oneLine(QString::fromUtf8(line), 60))};
        }
    }
    QSettings ini(path, QSettings::IniFormat);
    if (ini.status() != QSettings::NoError)
        return Error{
            CoreText::tr(
                "the configuration file %1 is not valid INI: write [section] and key = value lines")
                .arg(path)};
    for (const QString &key : ini.allKeys()) {
        // QSettings splits values at commas; a sentinel URL has commas of its own.
        settings.values.insert(key, ini.value(key).toStringList().join(u','));
        if (!knownKeys().contains(key)) {
            settings.warnings << CoreText::tr("%1: unknown key %2; did you mean %3?")
                                     .arg(oneLine(path), oneLine(asIniName(key), 80),
                                          asIniName(nearestName(key, knownKeys())));
        }
    }
    return {};
}

Result<QString> readPassword(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{CoreText::tr("cannot read the Redis password from %1: %2; check password_file "
                                  "and its permissions")
                         .arg(oneLine(path), file.errorString())};
    }
    return QString::fromUtf8(file.read(4096)).trimmed();
}

} // namespace

bool urlHasPassword(const QString &url)
{
    const qsizetype start = url.indexOf(u"://"_s);
    if (start < 0)
        return false;
    const qsizetype at = url.lastIndexOf(u'@');
    return at > start && url.mid(start + 3, at - start - 3).contains(u':');
}

Result<Settings> readSettings(const QString &side, const CommonArguments &arguments,
                              const QProcessEnvironment &environment)
{
    Settings settings;
    const QString standard = u"/etc/treewarden/%1.conf"_s.arg(side.isEmpty() ? u"console"_s : side);
    if (arguments.configFile || QFileInfo::exists(standard)) {
        if (auto read = readIni(arguments.configFile.value_or(standard), settings); !read)
            return read.error();
    }
    if (arguments.redisUrl)
        settings.redisUrl = *arguments.redisUrl;
    else if (settings.values.contains(u"redis/url"_s))
        settings.redisUrl = settings.value(u"redis/url"_s);
    else if (environment.contains(u"TREEWARDEN_REDIS"_s))
        settings.redisUrl = environment.value(u"TREEWARDEN_REDIS"_s);

    QString passwordFile = settings.value(u"redis/password_file"_s);
    const QString credential = environment.value(u"CREDENTIALS_DIRECTORY"_s) + u"/redis-password"_s;
    if (passwordFile.isEmpty() && environment.contains(u"CREDENTIALS_DIRECTORY"_s)
        && QFileInfo::exists(credential))
        passwordFile = credential;
    if (!passwordFile.isEmpty()) {
        auto password = readPassword(passwordFile);
        if (!password)
            return password.error();
        settings.redisPassword = *password;
    }
    settings.caFile = settings.value(u"redis/ca_file"_s);
    settings.certificateFile = settings.value(u"redis/certificate_file"_s);
    settings.keyFile = settings.value(u"redis/key_file"_s);
    settings.logLevel
        = arguments.logLevel.value_or(settings.value(u"log/level"_s, settings.logLevel));
    return settings;
}

QString stateDirectory(const Settings &settings, const QProcessEnvironment &environment)
{
    if (const QString named = settings.value(u"agent/state_dir"_s); !named.isEmpty())
        return named;
    // systemd joins several folders with colons; the first is ours.
    if (const QString given = environment.value(u"STATE_DIRECTORY"_s); !given.isEmpty())
        return given.section(u':', 0, 0);
    if (::geteuid() == 0)
        return u"/var/lib/treewarden"_s;
    const QString home
        = environment.value(u"XDG_STATE_HOME"_s, QDir::homePath() + u"/.local/state"_s);
    return home + u"/treewarden"_s;
}

} // namespace Treewarden
