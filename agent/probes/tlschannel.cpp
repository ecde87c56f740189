// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/tlschannel.h"

#include "shared/core/textformat.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>

#include <algorithm>
#include <cmath>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

void discard(QSslSocket *socket)
{
    socket->disconnect();
    socket->abort();
    socket->deleteLater(); // it may be the one that is just telling us
}

/// Why TLS cannot be tried, or nothing.
QString configure(QSslConfiguration *configuration, const TlsSettings &settings)
{
    if (!QSslSocket::supportsSsl())
        return u"there is no TLS library that Qt can load: install libssl3"_s;
    configuration->setPeerVerifyMode(settings.isVerified ? QSslSocket::VerifyPeer
                                                         : QSslSocket::VerifyNone);
    if (settings.caFile.isEmpty())
        return {};
    const auto authorities = QSslCertificate::fromPath(settings.caFile);
    if (authorities.isEmpty())
        return u"the CA file %1 is missing, unreadable or holds no certificate"_s.arg(
            settings.caFile);
    configuration->setCaCertificates(authorities);
    return {};
}

std::optional<int> daysLeft(const QSslCertificate &certificate)
{
    if (certificate.isNull())
        return std::nullopt;
    constexpr double secondsADay = 86'400;
    const qint64 seconds = QDateTime::currentDateTimeUtc().secsTo(certificate.expiryDate());
    return int(std::floor(double(seconds) / secondsADay));
}

QString day(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
}

/// Whom a certificate is for.
QString namesOf(const QSslCertificate &certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    names.sort();
    return oneLine(names.isEmpty() ? u"nobody"_s : names.join(u", "_s), 120);
}

bool contains(const QList<QSslError> &errors, QSslError::SslError error)
{
    return std::any_of(errors.begin(), errors.end(),
                       [error](const QSslError &one) { return one.error() == error; });
}

/// What is wrong with the certificate, the plainest fault first.
CheckResult judgeCertificate(const QSslCertificate &certificate, const QList<QSslError> &errors,
                             const QString &host)
{
    const QJsonObject args{{u"host"_s, host}};
    const auto with = [&args](const QString &name, const QString &text) {
        QJsonObject more = args;
        more.insert(name, text);
        return more;
    };
    if (contains(errors, QSslError::CertificateExpired)) {
        const QString when = day(certificate.expiryDate());
        return CheckResult::died(u"the certificate of %1 expired on %2"_s.arg(host, when),
                                 u"tls.expired"_s, with(u"when"_s, when));
    }
    if (contains(errors, QSslError::CertificateNotYetValid)) {
        const QString when = day(certificate.effectiveDate());
        return CheckResult::died(u"the certificate of %1 is not valid before %2"_s.arg(host, when),
                                 u"tls.early"_s, with(u"when"_s, when));
    }
    if (contains(errors, QSslError::HostNameMismatch)) {
        const QString names = namesOf(certificate);
        return CheckResult::died(u"the certificate is for %2, not for %1"_s.arg(host, names),
                                 u"tls.host"_s, with(u"names"_s, names));
    }
    const QString why
        = errors.isEmpty() ? u"unknown"_s : oneLine(errors.first().errorString(), 120);
    return CheckResult::died(
        u"the certificate of %1 is not trusted: %2; name its CA in ca_file, or "
        "write \"verify\":false"_s.arg(host, why),
        u"tls.untrusted"_s, with(u"why"_s, why));
}

} // namespace

TlsChannel::TlsChannel(TlsSettings settings, Handlers handlers)
    : m_settings(std::move(settings))
    , m_handlers(std::move(handlers))
    , m_socket(nullptr, discard)
{
}

TlsChannel::~TlsChannel() = default;

std::optional<CheckResult> TlsChannel::start(int socket)
{
    drop();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (const QString why = configure(&configuration, m_settings); !why.isEmpty()) {
        close(socket);
        return CheckResult::unknown(why, u"tls.unusable"_s, {{u"why"_s, why}});
    }
    m_socket.reset(new QSslSocket);
    m_socket->setSslConfiguration(configuration);
    m_socket->setPeerVerifyName(m_settings.host);
    const auto on = [this](auto signal, auto handler) {
        QObject::connect(m_socket.get(), signal, m_socket.get(), handler);
    };
    on(&QSslSocket::encrypted, [this] {
        m_certificateDays = daysLeft(m_socket->peerCertificate());
        m_handlers.ready();
    });
    on(&QSslSocket::readyRead, [this] { m_handlers.received(m_socket->readAll()); });
    on(&QSslSocket::errorOccurred, [this] { takeError(); });
    m_isStarting = true;
    if (m_socket->setSocketDescriptor(socket))
        m_socket->startClientEncryption();
    else
        close(socket);
    m_isStarting = false;
    return m_socket->error() == QAbstractSocket::UnknownSocketError ? std::nullopt
                                                                    : std::optional(failure());
}

void TlsChannel::send(const QByteArray &bytes)
{
    m_socket->write(bytes);
}

void TlsChannel::drop()
{
    m_socket.reset();
    m_certificateDays.reset();
}

std::optional<int> TlsChannel::certificateDays() const
{
    return m_certificateDays;
}

void TlsChannel::takeError()
{
    if (m_isStarting) // start() tells it
        return;
    if (m_socket->isEncrypted() && m_socket->error() == QAbstractSocket::RemoteHostClosedError)
        m_handlers.ended();
    else
        m_handlers.failed(failure());
}

CheckResult TlsChannel::failure() const
{
    const auto errors = m_socket->sslHandshakeErrors();
    if (!errors.isEmpty() && m_settings.isVerified)
        return judgeCertificate(m_socket->peerCertificate(), errors, m_settings.host);
    const QString why = oneLine(m_socket->errorString(), 160);
    return CheckResult::died(u"%1 does not speak TLS with us: %2"_s.arg(m_settings.host, why),
                             u"tls.handshake"_s, {{u"host"_s, m_settings.host}, {u"why"_s, why}});
}

} // namespace Treewarden
