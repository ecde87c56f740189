// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/reasontext.h"

#include "shared/core/textformat.h"

#include <QCoreApplication>

#include <array>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// A code's sentence and the arguments that fill %1, %2 … in it. Of several rows with one code the
/// first counts whose arguments are all there.
struct ReasonRow
{
    QLatin1StringView code;
    const char *sentence;
    std::array<const char *, 3> arguments;
};

constexpr ReasonRow reasonRows[] = {
    {"process.count"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 of %2 expected processes found (%3)"),
     {"found", "least", "what"}},
    {"process.count"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 of %2 expected processes found"),
     {"found", "least"}},
    {"service.flapping"_L1,
     QT_TRANSLATE_NOOP("Reason", "flapping (%1×): it changed its state so often within %2 s"),
     {"changes", "seconds"}},
    {"process.port"_L1, QT_TRANSLATE_NOOP("Reason", "nothing listens on port %1"), {"port"}},
    {"process.portowner"_L1,
     QT_TRANSLATE_NOOP("Reason", "port %1 is another program's: no process %2 listens on it"),
     {"port", "what"}},
    {"pidfile.unreadable"_L1,
     QT_TRANSLATE_NOOP("Reason", "the pid file %1 is missing or holds no number"),
     {"path"}},
    {"pidfile.gone"_L1,
     QT_TRANSLATE_NOOP("Reason", "the process %1 of the pid file %2 is not running"),
     {"pid", "path"}},
    {"pidfile.other"_L1,
     QT_TRANSLATE_NOOP("Reason", "the process %1 of the pid file %2 is another program"),
     {"pid", "path"}},
    {"systemd.state"_L1,
     QT_TRANSLATE_NOOP("Reason", "the unit %1 is %2, its result is %3"),
     {"unit", "state", "result"}},
    {"systemd.state"_L1, QT_TRANSLATE_NOOP("Reason", "the unit %1 is %2"), {"unit", "state"}},
    {"systemd.missing"_L1,
     QT_TRANSLATE_NOOP("Reason", "there is no unit %1 on this host"),
     {"unit"}},
    {"systemd.failed"_L1,
     QT_TRANSLATE_NOOP("Reason", "units that failed: %1 (%2)"),
     {"units", "count"}},
    {"systemd.timeout"_L1,
     QT_TRANSLATE_NOOP("Reason",
                       "systemd gave no answer over the system bus within %1 s: see whether dbus "
                       "and systemd hang"),
     {"seconds"}},
    {"systemd.bus"_L1,
     QT_TRANSLATE_NOOP("Reason",
                       "systemd cannot be asked over the system bus at %1: %2; see whether dbus "
                       "runs and systemd is this host's init"),
     {"address", "said"}},
    {"fs.unmounted"_L1, QT_TRANSLATE_NOOP("Reason", "nothing is mounted at %1"), {"path"}},
    {"fs.type"_L1,
     QT_TRANSLATE_NOOP("Reason", "what is mounted at %1 is %2, not %3"),
     {"path", "type", "expected"}},
    {"fs.readonly"_L1,
     QT_TRANSLATE_NOOP("Reason",
                       "%1 is read-only: mounted so, or made so by the kernel after an error"),
     {"path"}},
    {"fs.space"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 has %2 free, at least %3 are asked for"),
     {"path", "free", "least"}},
    {"fs.inodes"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 has %2 of its inodes free, at least %3 are asked for"),
     {"path", "free", "least"}},
    {"fs.write"_L1, QT_TRANSLATE_NOOP("Reason", "writing to %1 fails: %2"), {"path", "said"}},
    {"fs.error"_L1,
     QT_TRANSLATE_NOOP("Reason", "the file system at %1 says: %2"),
     {"path", "said"}},
    {"fs.hung"_L1,
     QT_TRANSLATE_NOOP(
         "Reason",
         "the file system at %1 gave no answer within %2 s: its server or its daemon is away"),
     {"path", "seconds"}},
    {"fs.denied"_L1,
     QT_TRANSLATE_NOOP("Reason", "the agent's user may not look at or write to %1"),
     {"path"}},
    {"file.missing"_L1, QT_TRANSLATE_NOOP("Reason", "there is no file %1"), {"path"}},
    {"file.old"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 was last written at %2, more than %3 s ago"),
     {"path", "written", "oldest"}},
    {"file.young"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 was written at %2, less than %3 s ago"),
     {"path", "written", "newest"}},
    {"file.large"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 has more than %2 bytes"),
     {"path", "largest"}},
    {"file.small"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 has less than %2 bytes"),
     {"path", "smallest"}},
    {"file.text"_L1,
     QT_TRANSLATE_NOOP("Reason", "the end of %1 does not contain \"%2\""),
     {"path", "text"}},
    {"file.pattern"_L1,
     QT_TRANSLATE_NOOP("Reason", "the pattern \"%1\" takes too long on %2: write a simpler one"),
     {"text", "path"}},
    {"file.denied"_L1,
     QT_TRANSLATE_NOOP("Reason", "the agent's user cannot look at %1: %2"),
     {"path", "said"}},
    {"listen.none"_L1,
     QT_TRANSLATE_NOOP("Reason", "nothing listens on a socket matching %1"),
     {"what"}},
    {"listen.unreadable"_L1,
     QT_TRANSLATE_NOOP("Reason", "cannot read %1, where the kernel lists what listens"),
     {"path"}},
    {"check.text"_L1,
     QT_TRANSLATE_NOOP("Reason", "the text check \"%1\" cannot be evaluated: %2"),
     {"text", "why"}},
    {"check.text"_L1,
     QT_TRANSLATE_NOOP(
         "Reason",
         "the text check \"%1\" is none of the recognised shapes and runs only from a "
         "signed configuration where the policy has shell = allow: sign it, or use a "
         "native probe"),
     {"text"}},
    {"check.shell"_L1,
     QT_TRANSLATE_NOOP("Reason", "the text check \"%1\" failed: %2"),
     {"text", "why"}},
    {"socket.timeout"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 at %2 gave no answer in time"),
     {"subject", "target"}},
    {"socket.refused"_L1, QT_TRANSLATE_NOOP("Reason", "nothing listens at %1"), {"target"}},
    {"socket.unreachable"_L1, QT_TRANSLATE_NOOP("Reason", "cannot connect to %1"), {"target"}},
    {"socket.closed"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 at %2 closed the connection before it answered"),
     {"subject", "target"}},
    {"socket.rubbish"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 at %2 answers without an end"),
     {"subject", "target"}},
    {"socket.expect"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 answered \"%2\" without \"%3\""),
     {"target", "said", "expected"}},
    {"http.protocol"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 answered \"%2\", which is not HTTP"),
     {"target", "said"}},
    {"http.status"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 answered with status %2"),
     {"target", "status"}},
    {"http.text"_L1,
     QT_TRANSLATE_NOOP("Reason", "the answer of %1 does not contain \"%2\""),
     {"target", "text"}},
    {"http.slow"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 answered after %2 ms, slower than %3 ms"),
     {"target", "latency", "slowest"}},
    {"http.certificate"_L1,
     QT_TRANSLATE_NOOP("Reason", "the certificate of %1 expires in %2 days, sooner than in %3"),
     {"target", "days", "least"}},
    {"web.note"_L1, QT_TRANSLATE_NOOP("Reason", "%1 lives, but: %2"), {"target", "note"}},
    {"varnish.child"_L1,
     QT_TRANSLATE_NOOP("Reason", "the cache process of Varnish at %1 does not run: it is %2"),
     {"target", "state"}},
    {"varnish.cli"_L1, QT_TRANSLATE_NOOP("Reason", "the CLI at %1 %2"), {"target", "why"}},
    {"varnish.sick"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 answered with status %2; sick backends: %3"),
     {"target", "status", "backends"}},
    {"tls.expired"_L1,
     QT_TRANSLATE_NOOP("Reason", "the certificate of %1 expired on %2"),
     {"host", "when"}},
    {"tls.early"_L1,
     QT_TRANSLATE_NOOP("Reason", "the certificate of %1 is not valid before %2"),
     {"host", "when"}},
    {"tls.host"_L1,
     QT_TRANSLATE_NOOP("Reason", "the certificate is for %1, not for %2"),
     {"names", "host"}},
    {"tls.untrusted"_L1,
     QT_TRANSLATE_NOOP("Reason", "the certificate of %1 is not trusted: %2"),
     {"host", "why"}},
    {"tls.handshake"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 does not speak TLS with us: %2"),
     {"host", "why"}},
    {"tls.unusable"_L1, QT_TRANSLATE_NOOP("Reason", "TLS cannot be tried: %1"), {"why"}},
    {"redis.protocol"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 answered \"%2\", which is not Redis"),
     {"target", "said"}},
    {"redis.error"_L1, QT_TRANSLATE_NOOP("Reason", "Redis at %1 says: %2"), {"target", "said"}},
    {"redis.note"_L1,
     QT_TRANSLATE_NOOP("Reason", "Redis at %1 lives but says: %2"),
     {"target", "said"}},
    {"redis.text"_L1,
     QT_TRANSLATE_NOOP("Reason", "what Redis at %1 answers has no line with %2"),
     {"target", "what"}},
    {"mysql.full"_L1,
     QT_TRANSLATE_NOOP("Reason", "MySQL at %1 has too many connections"),
     {"target"}},
    {"mysql.error"_L1, QT_TRANSLATE_NOOP("Reason", "MySQL at %1 says: %2"), {"target", "said"}},
    {"mysql.note"_L1,
     QT_TRANSLATE_NOOP("Reason", "MySQL at %1 lives but says: %2"),
     {"target", "said"}},
    {"mysql.protocol"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 answered \"%2\", which is no MySQL greeting"),
     {"target", "said"}},
    {"memcached.full"_L1,
     QT_TRANSLATE_NOOP("Reason", "memcached at %1 has too many connections"),
     {"target"}},
    {"memcached.error"_L1,
     QT_TRANSLATE_NOOP("Reason", "memcached at %1 says: %2"),
     {"target", "said"}},
    {"memcached.note"_L1,
     QT_TRANSLATE_NOOP("Reason", "memcached at %1 lives but says: %2"),
     {"target", "said"}},
    {"memcached.protocol"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 answered \"%2\", which is not memcached"),
     {"target", "said"}},
    {"gearman.worker"_L1,
     QT_TRANSLATE_NOOP("Reason", "gearmand at %1 has no worker for %2, and %3 jobs wait"),
     {"target", "function", "waiting"}},
    {"gearman.queue"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 jobs wait for %2 at gearmand %3"),
     {"waiting", "function", "target"}},
    {"couchbase.status"_L1,
     QT_TRANSLATE_NOOP("Reason", "Couchbase at %1 says its node is in the state %2"),
     {"target", "status"}},
    {"couchbase.membership"_L1,
     QT_TRANSLATE_NOOP("Reason", "Couchbase at %1 is no active node of its cluster: %2"),
     {"target", "membership"}},
    {"couchbase.login"_L1,
     QT_TRANSLATE_NOOP("Reason", "Couchbase at %1 lives, but the agent cannot log in: %2"),
     {"target", "why"}},
    {"couchbase.unused"_L1,
     QT_TRANSLATE_NOOP("Reason", "Couchbase at %1 lives but belongs to no cluster yet"),
     {"target"}},
    {"couchbase.protocol"_L1,
     QT_TRANSLATE_NOOP("Reason", "what %1 answers is not Couchbase's: %2"),
     {"target", "why"}},
    {"gmond.stale"_L1,
     QT_TRANSLATE_NOOP("Reason", "the newest metric of gmond at %1 is %2 s old"),
     {"target", "age"}},
    {"gmond.empty"_L1, QT_TRANSLATE_NOOP("Reason", "gmond at %1 has no metrics"), {"target"}},
    {"gmond.protocol"_L1,
     QT_TRANSLATE_NOOP("Reason", "what %1 answers is not gmond's XML: %2"),
     {"target", "why"}},
    {"gearman.protocol"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 answered \"%2\", which is not gearmand"),
     {"target", "said"}},
    {"mysql.login"_L1,
     QT_TRANSLATE_NOOP("Reason", "MySQL at %1 lives, but the agent cannot log in: %2"),
     {"target", "why"}},
    {"mysql.replication"_L1,
     QT_TRANSLATE_NOOP("Reason", "the replication of MySQL at %1 is stopped"),
     {"target"}},
    {"redis.login"_L1,
     QT_TRANSLATE_NOOP("Reason", "Redis at %1 lives, but the agent cannot log in: %2"),
     {"target", "why"}},
    {"redis.replication"_L1,
     QT_TRANSLATE_NOOP("Reason", "Redis at %1 is a replica without a link to its master"),
     {"target"}},
    {"redis.persistence"_L1,
     QT_TRANSLATE_NOOP("Reason", "Redis at %1 failed to save its data the last time: see its log"),
     {"target"}},
    {"ssh.maxstartups"_L1,
     QT_TRANSLATE_NOOP("Reason", "sshd at %1 turns logins away: its MaxStartups is exceeded"),
     {"target"}},
    {"ssh.banner"_L1,
     QT_TRANSLATE_NOOP("Reason", "%1 answered \"%2\", which is no SSH banner"),
     {"target", "said"}},
};

/// What an argument shows: a number or a text, made harmless; nothing when it is missing or
/// something else.
std::optional<QString> argumentText(const QJsonValue &value)
{
    if (value.isString())
        return oneLine(value.toString(), 200);
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 12);
    return std::nullopt;
}

/// %1 … %9 replaced in one pass: an argument that contains %2 stays what it is.
QString filled(const QString &sentence, const QStringList &arguments)
{
    QString text;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const int number
            = sentence[i] == u'%' && i + 1 < sentence.size() ? sentence[i + 1].digitValue() : -1;
        if (number >= 1 && number <= arguments.size()) {
            text += arguments[number - 1];
            ++i;
        } else {
            text += sentence[i];
        }
    }
    return text;
}

std::optional<QString> rowText(const ReasonRow &row, const QJsonObject &args)
{
    QStringList arguments;
    for (const char *name : row.arguments) {
        if (!name)
            break;
        const auto text = argumentText(args.value(QLatin1StringView(name)));
        if (!text)
            return std::nullopt;
        arguments << *text;
    }
    return filled(QCoreApplication::translate("Reason", row.sentence), arguments);
}

} // namespace

QString reasonText(const QString &code, const QJsonObject &args, const QString &english)
{
    for (const ReasonRow &row : reasonRows) {
        if (row.code != code)
            continue;
        if (const auto text = rowText(row, args))
            return *text;
    }
    return oneLine(english);
}

} // namespace Treewarden
