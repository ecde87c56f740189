// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/policy.h"

#include "shared/core/nearestname.h"
#include "shared/core/textformat.h"

#include <QFile>
#include <QHash>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestPolicy = 64 * 1024;
constexpr qsizetype mostPolicyNames = 1000;

/// Gives the sentence that says what is wrong with the value; empty when it was taken.
using PolicyReader = QString (*)(const QString &value, Policy &policy);

template<int Policy::*Member, int Most>
QString readNumber(const QString &value, Policy &policy)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (!isNumber || number < 1 || number > Most)
        return u"must be a whole number from 1 to %1"_s.arg(Most);
    policy.*Member = number;
    return {};
}

bool isServiceName(const QString &name)
{
    return isValidName(name) || ServiceId::parse(name);
}

/// "ssh, mysql:3306"; empty for none.
template<QStringList Policy::*Member, bool TakesServices>
QString readNames(const QString &value, Policy &policy)
{
    QStringList names;
    for (const QString &part : value.split(u',', Qt::SkipEmptyParts)) {
        const QString name = part.trimmed();
        if (TakesServices ? !isServiceName(name) : !isValidName(name))
            return u"must be names with commas between them, and '%1' is none%2"_s.arg(
                oneLine(name, 80),
                TakesServices ? u": write a role, or role:instance"_s
                              : u": use 1 to 64 of A-Z a-z 0-9 _ . -"_s);
        names << name;
    }
    if (names.size() > mostPolicyNames)
        return u"has more than %1 names"_s.arg(mostPolicyNames);
    policy.*Member = names;
    return {};
}

QString readShell(const QString &value, Policy &policy)
{
    if (value != u"allow"_s && value != u"deny"_s)
        return u"must be allow or deny"_s;
    policy.allowsShell = value == u"allow"_s;
    return {};
}

struct PolicyKey
{
    QString name;
    PolicyReader read;
};

const QList<PolicyKey> &policyKeys()
{
    static const QList<PolicyKey> keys{
        {u"shell"_s, &readShell},
        {u"max_at_once"_s, &readNumber<&Policy::maxAtOnce, 64>},
        {u"rate"_s, &readNumber<&Policy::perMinute, 1'000'000>},
        {u"service_rate"_s, &readNumber<&Policy::perServicePerMinute, 1'000'000>},
        {u"actions"_s, &readNames<&Policy::actions, false>},
        {u"roles"_s, &readNames<&Policy::roles, false>},
        {u"protected"_s, &readNames<&Policy::protectedServices, true>},
    };
    return keys;
}

/// Reads one `key = value`; the sentence when it is wrong.
QString readPair(const QString &line, Policy &policy, QStringList &seen)
{
    const qsizetype equals = line.indexOf(u'=');
    if (equals < 0)
        return u"must be [policy] or key = value"_s;
    const QString name = line.left(equals).trimmed();
    QString value = line.mid(equals + 1).trimmed();
    if (value.size() >= 2 && value.startsWith(u'"') && value.endsWith(u'"'))
        value = value.mid(1, value.size() - 2);
    const auto key = std::find_if(policyKeys().begin(), policyKeys().end(),
                                  [&name](const PolicyKey &known) { return known.name == name; });
    if (key == policyKeys().end()) {
        QStringList names;
        for (const PolicyKey &known : policyKeys())
            names << known.name;
        return u"knows no key '%1'; did you mean %2?"_s.arg(oneLine(name, 60),
                                                            nearestName(name, names));
    }
    if (seen.contains(name))
        return u"%1 stands twice: delete one"_s.arg(name);
    seen << name;
    const QString wrong = key->read(value, policy);
    return wrong.isEmpty() ? wrong : name + u' ' + wrong;
}

} // namespace

Result<Policy> Policy::parse(const QByteArray &text, const QString &what)
{
    if (text.size() > longestPolicy)
        return Error{
            u"%1 is longer than %2: that is no policy"_s.arg(what, formatBytes(longestPolicy))};
    Policy policy;
    QStringList seen;
    bool isInSection = false;
    int number = 0;
    for (const QByteArray &bytes : text.split('\n')) {
        ++number;
        const QString line = QString::fromUtf8(bytes).trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';'))
            continue;
        QString wrong;
        if (line.startsWith(u'['))
            wrong = line == u"[policy]"_s ? QString() : u"the only section here is [policy]"_s;
        else
            wrong = isInSection ? readPair(line, policy, seen)
                                : u"[policy] must stand before the first key"_s;
        if (!wrong.isEmpty())
            return Error{u"%1, line %2: %3"_s.arg(what).arg(number).arg(wrong)};
        isInSection = true;
    }
    return policy;
}

Result<Policy> Policy::read(const QString &path)
{
    // A FIFO must not block.
    const int descriptor
        = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        if (errno == ENOENT)
            return Policy();
        return Error{u"cannot read %1: %2"_s.arg(path, qt_error_string(errno))};
    }
    QFile file;
    struct stat status = {};
    if (!file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)
        || fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return Error{u"%1 is no file"_s.arg(path)};
    const bool isForeign = status.st_uid != 0 && status.st_uid != geteuid();
    if (isForeign || (status.st_mode & 022) != 0)
        return Error{u"%1 can be changed by others: chown root it and chmod 644 it"_s.arg(path)};
    return parse(file.read(longestPolicy + 1), path);
}

} // namespace Treewarden
