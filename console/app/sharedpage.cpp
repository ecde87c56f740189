// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/sharedpage.h"

#include "console/models/watchersource.h"
#include "console/web/visitorspage.h"
#include "shared/core/textformat.h"

#include <QDebug>
#include <QTcpServer>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

QStringList wordsOf(const QString &text)
{
    return QString(text).replace(u',', u' ').simplified().split(u' ', Qt::SkipEmptyParts);
}

/// What can be read in the language of the program is asked before the server says it in English.
Result<void> checkFree(const QHostAddress &address, quint16 port)
{
    QTcpServer probe;
    if (probe.listen(address, port))
        return {};
    const QString where = address.toString();
    switch (probe.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return Error{SharedPage::tr("Another program listens on %1, port %2: choose another port.")
                         .arg(where)
                         .arg(port)};
    case QAbstractSocket::SocketAccessError:
        return Error{SharedPage::tr("Port %1 needs a privilege: choose one above 1023, such as "
                                    "8420.")
                         .arg(port)};
    case QAbstractSocket::SocketAddressNotAvailableError:
        return Error{SharedPage::tr("This machine has no address %1: use one of its own, such as "
                                    "127.0.0.1.")
                         .arg(where)};
    default:
        return Error{SharedPage::tr("Cannot listen on %1, port %2: %3.")
                         .arg(where)
                         .arg(port)
                         .arg(probe.errorString())};
    }
}

Result<WebOptions> optionsOf(const PageSharing::Place &place)
{
    WebOptions options;
    const QString address = place.address.trimmed();
    options.address
        = address == u"localhost" ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(address);
    if (options.address.isNull() || place.port < 1 || place.port > 65535)
        return Error{SharedPage::tr("\"%1\" is no address of a machine: write one such as "
                                    "127.0.0.1.")
                         .arg(oneLine(address, 60))};
    options.port = quint16(place.port);
    if (PageSharing::isLocal(address))
        return options;
    for (const QString &word : wordsOf(place.proxies)) {
        const auto network = QHostAddress::parseSubnet(word);
        if (network.first.isNull())
            return Error{SharedPage::tr("\"%1\" is no address or network: write 10.0.0.1 or "
                                        "10.0.0.0/24.")
                             .arg(oneLine(word, 60))};
        options.trustedProxies.append(network);
    }
    options.hosts = wordsOf(place.hosts.toLower());
    if (options.trustedProxies.isEmpty())
        return Error{SharedPage::tr("Other machines can reach %1, and the page has no encryption "
                                    "of its own: name the TLS proxy in front of it, or use "
                                    "127.0.0.1.")
                         .arg(address)};
    return options;
}

} // namespace

SharedPage::SharedPage(QObject *parent)
    : PageSharing(parent)
{
}

SharedPage::~SharedPage()
{
    stop();
}

void SharedPage::offer(FleetSource &source)
{
    m_offered = qobject_cast<WatcherSource *>(&source);
}

Result<void> SharedPage::start(const Place &place)
{
    stop();
    if (!m_offered || !m_offered->watcher())
        return Error{tr("There is nothing to share yet: connect to a Redis first.")};
    m_source = m_offered;
    m_place = place;
    const auto served = serve();
    if (served) {
        connect(m_source, &WatcherSource::leaving, this, &SharedPage::leave);
        connect(m_source, &WatcherSource::watching, this, &SharedPage::serveAgain);
    } else {
        m_source = nullptr;
    }
    Q_EMIT changed();
    return served;
}

Result<void> SharedPage::serve()
{
    const auto options = optionsOf(m_place);
    if (!options)
        return options.error();
    if (const auto isFree = checkFree(options->address, options->port); !isFree)
        return isFree;
    m_page = std::make_unique<VisitorsPage>(*m_source->watcher(), *options);
    auto started = m_page->start();
    if (!started)
        m_page.reset();
    return started;
}

void SharedPage::leave()
{
    m_page.reset();
    Q_EMIT changed();
}

void SharedPage::serveAgain()
{
    if (const auto served = serve(); !served)
        qWarning().noquote() << "the read-only page is not shared any more:" << served.error().text;
    Q_EMIT changed();
}

void SharedPage::stop()
{
    if (m_source)
        disconnect(m_source, nullptr, this, nullptr);
    m_source = nullptr;
    if (!m_page)
        return;
    m_page->stop();
    m_page.reset();
    Q_EMIT changed();
}

bool SharedPage::isRunning() const
{
    return m_page != nullptr;
}

QString SharedPage::url() const
{
    return m_page ? m_page->url() + u'/' : QString();
}

int SharedPage::visitorCount() const
{
    return m_page ? m_page->visitorCount() : 0;
}

} // namespace Treewarden
