// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/localcredentials.h"

#include "agent/probes/lines.h"
#include "agent/probes/parameters.h"
#include "agent/probes/socketprobe.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype largestCredentials = 16 * 1024;

/// A value of my.cnf: quotes are taken off, `\\` and `\s` mean a backslash and a space.
QByteArray plainValue(QByteArrayView value)
{
    const bool isQuoted = value.size() >= 2 && (value.front() == '"' || value.front() == '\'')
        && value.back() == value.front();
    const QByteArrayView text = isQuoted ? value.sliced(1, value.size() - 2) : value;
    QByteArray plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isEscape
            = text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '\\' || text[i + 1] == 's');
        plain += !isEscape ? text[i] : text[i + 1] == 's' ? ' ' : '\\';
        i += isEscape ? 1 : 0;
    }
    return plain;
}

bool isCredentialName(const QString &text)
{
    return !text.startsWith(u'.') && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || u"._-"_s.contains(c);
    });
}

/// A file descriptor that closes itself.
class OpenFile
{
public:
    explicit OpenFile(const QString &path)
        : m_descriptor(open(path.toLocal8Bit().constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {
    }

    ~OpenFile()
    {
        if (m_descriptor >= 0)
            close(m_descriptor);
    }

    Q_DISABLE_COPY_MOVE(OpenFile)

    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

QString systemSentence(int error)
{
    return u"the credentials file cannot be read: %1"_s.arg(
        QString::fromLocal8Bit(std::strerror(error)));
}

Result<QByteArray> readSecretFile(const QString &path)
{
    const OpenFile file(path);

    struct stat status
    {
    };

    if (file.descriptor() < 0 || fstat(file.descriptor(), &status) != 0)
        return Error{systemSentence(errno)};
    if (!S_ISREG(status.st_mode) || status.st_size > largestCredentials)
        return Error{u"the credentials file is no regular file of at most 16 KiB"_s};
    if ((status.st_mode & (S_IROTH | S_IWOTH)) != 0)
        return Error{
            u"the credentials file is open to everybody: take that away with chmod o-rw"_s};
    QByteArray text(largestCredentials, Qt::Uninitialized);
    const ssize_t length = read(file.descriptor(), text.data(), size_t(text.size()));
    if (length < 0)
        return Error{systemSentence(errno)};
    text.truncate(length);
    return text;
}

} // namespace

Credentials parseCredentials(QByteArrayView text)
{
    Credentials found;
    bool isOurs = true;
    while (!text.isEmpty()) {
        const QByteArrayView line = takeLine(&text).trimmed();
        if (line.startsWith('['))
            isOurs = line == "[client]";
        const qsizetype equals = line.indexOf('=');
        if (!isOurs || equals <= 0 || line.startsWith('#') || line.startsWith(';'))
            continue;
        const QByteArrayView name = line.first(equals).trimmed();
        const QByteArray value = plainValue(line.sliced(equals + 1).trimmed());
        if (name == "user")
            found.user = value;
        else if (name == "password")
            found.password = value;
        else if (name == "host")
            found.host = value;
    }
    return found;
}

LocalCredentials LocalCredentials::of(Parameters *parameters, const SocketTarget &target)
{
    LocalCredentials credentials;
    credentials.m_path = parameters->text(u"credentials"_s);
    credentials.m_isLocal = target.isLocal();
    credentials.m_host = target.host.toUtf8();
    if (credentials.m_path.isEmpty() || credentials.m_path.startsWith(u'/'))
        return credentials;
    if (!isCredentialName(credentials.m_path))
        parameters->fail(u"credentials is an absolute path or the name of a systemd credential"_s);
    credentials.m_path.prepend(qEnvironmentVariable("CREDENTIALS_DIRECTORY") + u'/');
    return credentials;
}

Result<Credentials> LocalCredentials::read() const
{
    auto text = readSecretFile(m_path);
    if (!text)
        return text.error();
    const Credentials found = parseCredentials(*text);
    if (found.user.isEmpty() && found.password.isEmpty())
        return Error{u"the credentials file has neither user = … nor password = …"_s};
    if (!m_isLocal && found.host != m_host)
        return Error{
            u"the credentials file does not say host = %1, and credentials leave this "
            "host only for the one that their file names"_s.arg(QString::fromUtf8(m_host))};
    return found;
}

QString LocalCredentials::description() const
{
    if (!isGiven())
        return {};
    const auto found = read();
    return found ? u", logs in with %1"_s.arg(m_path)
                 : u", cannot log in with %1: %2"_s.arg(m_path, found.error().text);
}

} // namespace Treewarden
