// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/webserver.h"

#include "console/web/listensocket.h"
#include "console/web/livestream.h"
#include "console/web/representation.h"
#include "console/web/requestcheck.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QDebug>
#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QSocketNotifier>
#include <QTimer>

#include <csignal>
#include <cstdarg>
#include <map>
#include <microhttpd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Streams may take all but these connections, so that pages stay reachable.
constexpr int connectionsKeptForPages = 100;
/// Rounds of libmicrohttpd before Qt's loop gets its turn.
constexpr int roundsAtOnce = 64;
/// Requests that may wait for an answer that is being made.
constexpr int mostWaiting = 64;
constexpr QByteArrayView historyPath = "/history";

struct Refusal
{
    unsigned status;
    const char *text;
};

constexpr Refusal refusals[] = {
    {MHD_HTTP_BAD_REQUEST,
     "the request is malformed: exactly one Host and names without blanks are needed"},
    {MHD_HTTP_NOT_FOUND, "there is no such page; start at /"},
    {MHD_HTTP_METHOD_NOT_ALLOWED, "this page is read-only: only GET and HEAD are answered"},
    {MHD_HTTP_CONTENT_TOO_LARGE, "a request must not have a body"},
    {MHD_HTTP_MISDIRECTED_REQUEST,
     "this host name is not served here; the administrator can add it to [web] hosts"},
    {MHD_HTTP_SERVICE_UNAVAILABLE, "too many live views are open; try again later"},
    {MHD_HTTP_TOO_MANY_REQUESTS, "too many live views are open from this address; close some"},
};

ResponsePointer refusalResponse(const Refusal &refusal)
{
    const QByteArray body = QByteArray("{\"error\":\"") + refusal.text + "\"}\n";
    ResponsePointer response(MHD_create_response_from_buffer(static_cast<size_t>(body.size()),
                                                             const_cast<char *>(body.constData()),
                                                             MHD_RESPMEM_MUST_COPY));
    MHD_add_response_header(response.get(), "Content-Type", "application/json");
    MHD_add_response_header(response.get(), "Cache-Control", "no-store");
    if (refusal.status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response.get(), "Allow", "GET, HEAD");
    if (refusal.status == MHD_HTTP_SERVICE_UNAVAILABLE
        || refusal.status == MHD_HTTP_TOO_MANY_REQUESTS)
        MHD_add_response_header(response.get(), "Retry-After", "30");
    // Whoever sends such a request may have sent more behind it that only looks like another one.
    if (refusal.status != MHD_HTTP_NOT_FOUND)
        MHD_add_response_header(response.get(), "Connection", "close");
    addSecurityHeaders(response.get());
    return response;
}

} // namespace

/// One connection: libmicrohttpd knows idle time only, so its deadline stands here.
struct WebConnection
{
    int descriptor = -1;
    QHostAddress peer;
    QString streamAddress; ///< whose stream this is, while it is one
    RequestHead head; ///< of the request that is being answered
    qint64 deadline = 0; ///< on the server's clock; 0: none
};

/// The callbacks of libmicrohttpd and what they need.
class WebServer::Private
{
public:
    Private(const WebOptions &settings, WebContent &what, LiveStream &live);

    Result<void> start();
    void stop();
    void run();
    void tick();
    void answerWaiting();

private:
    static MHD_Result onAccept(void *self, const sockaddr *address, socklen_t length);
    static void onConnection(void *self, MHD_Connection *connection, void **context,
                             MHD_ConnectionNotificationCode code);
    static void *onRequestLine(void *self, const char *uri, MHD_Connection *connection);
    static MHD_Result onRequest(void *self, MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *upload,
                                size_t *uploadSize, void **context);
    static void onCompleted(void *self, MHD_Connection *connection, void **context,
                            MHD_RequestTerminationCode code);
    static void onLog(void *self, const char *format, va_list arguments);
    static WebConnection &contextOf(MHD_Connection *connection);

    bool isWelcome(const QHostAddress &peer) const;
    MHD_Result answer(MHD_Connection *connection, WebConnection &context, QByteArrayView path,
                      bool isHead);
    MHD_Result answerStream(MHD_Connection *connection, WebConnection &context);
    MHD_Result wait(MHD_Connection *connection);
    MHD_Result refuse(MHD_Connection *connection, unsigned status);
    unsigned refusalOf(const RequestHead &head, QByteArrayView method);
    QString clientAddress(const WebConnection &context) const;
    void forgetStream(WebConnection &context);

    qint64 in(std::chrono::milliseconds time) const { return clock.elapsed() + time.count(); }

public:
    WebOptions options;
    WebContent &content;
    LiveStream &stream;
    std::map<unsigned, ResponsePointer> refused;
    MHD_Daemon *daemon = nullptr;
    std::unique_ptr<QSocketNotifier> notifier;
    QTimer again, second;
    QElapsedTimer clock;
    QSet<WebConnection *> connections;
    QSet<MHD_Connection *> waiting; ///< suspended until their answer is made
    QHash<QHostAddress, int> perAddress;
    QHash<QString, int> streamsPerAddress;
    QByteArray knownHost; ///< the last Host that was allowed: nearly always the next one too
    quint16 port = 0;
    qint64 requests = 0, logged = 0;
    int unlogged = 0;
    bool isRunning = false, mustRunAgain = false;
};

WebServer::Private::Private(const WebOptions &settings, WebContent &what, LiveStream &live)
    : options(settings)
    , content(what)
    , stream(live)
{
    for (const Refusal &refusal : refusals)
        refused[refusal.status] = refusalResponse(refusal);
    again.setSingleShot(true);
    QObject::connect(&again, &QTimer::timeout, &again, [this] { run(); });
    QObject::connect(&second, &QTimer::timeout, &second, [this] { tick(); });
    clock.start();
}

Result<void> WebServer::Private::start()
{
    auto socket = ListenSocket::open(options.address, options.port);
    if (!socket)
        return socket.error();
    port = socket->port();
    daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, &onAccept, this, &onRequest, this,
        MHD_OPTION_EXTERNAL_LOGGER, &onLog, this, MHD_OPTION_LISTEN_SOCKET, socket->release(),
        MHD_OPTION_NOTIFY_CONNECTION, &onConnection, this, MHD_OPTION_URI_LOG_CALLBACK,
        &onRequestLine, this, MHD_OPTION_NOTIFY_COMPLETED, &onCompleted, this,
        MHD_OPTION_CONNECTION_TIMEOUT,
        static_cast<unsigned>((options.limits.idle.count() + 999) / 1000),
        MHD_OPTION_CONNECTION_LIMIT, static_cast<unsigned>(options.limits.connections),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<size_t>(options.limits.requestBytes),
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
    if (!daemon)
        return Error{
            u"cannot start the web server on port %1: libmicrohttpd refused, see the line before"_s
                .arg(port)};
    std::signal(SIGPIPE, SIG_IGN);
    const auto *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    notifier = std::make_unique<QSocketNotifier>(info->epoll_fd, QSocketNotifier::Read);
    QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(),
                     [this] { run(); });
    second.start(1000);
    return {};
}

void WebServer::Private::stop()
{
    if (!daemon)
        return;
    stream.close();
    answerWaiting();
    run(); // lets the streams say their end; a suspended one would make libmicrohttpd abort the
           // process
    notifier.reset();
    again.stop();
    second.stop();
    MHD_stop_daemon(std::exchange(daemon, nullptr));
}

/// "Timeout 0" means "call again now", the epoll descriptor would not wake us for that; a bounded
/// loop keeps Qt's timers and sockets served. A closed connection asks for one more round: only
/// then a full server listens again.
void WebServer::Private::run()
{
    if (!daemon || isRunning) {
        mustRunAgain = true;
        return;
    }
    isRunning = true;
    MHD_UNSIGNED_LONG_LONG wait = 0;
    bool hasMore = true;
    for (int round = 0; hasMore && round < roundsAtOnce; ++round) {
        mustRunAgain = false;
        MHD_run(daemon);
        hasMore = mustRunAgain || (MHD_get_timeout(daemon, &wait) == MHD_YES && wait == 0);
    }
    isRunning = false;
    if (hasMore)
        again.start(0);
}

void WebServer::Private::tick()
{
    const qint64 now = clock.elapsed();
    for (const WebConnection *connection : std::as_const(connections)) {
        if (connection->deadline != 0 && now > connection->deadline)
            ::shutdown(connection->descriptor, SHUT_RDWR);
    }
    stream.tick(QDateTime::currentMSecsSinceEpoch());
    run(); // idle times pass without any event
}

bool WebServer::Private::isWelcome(const QHostAddress &peer) const
{
    if (options.isTrustedProxy(peer))
        return true;
    // Without encryption the page is for this machine and its proxies only (see
    // WebOptions::check()).
    const bool isFromHere = options.address.isLoopback() || peer.isLoopback();
    return isFromHere && perAddress.value(peer) < options.limits.perAddress;
}

MHD_Result WebServer::Private::onAccept(void *self, const sockaddr *address, socklen_t)
{
    return static_cast<Private *>(self)->isWelcome(QHostAddress(address)) ? MHD_YES : MHD_NO;
}

void WebServer::Private::onConnection(void *self, MHD_Connection *connection, void **context,
                                      MHD_ConnectionNotificationCode code)
{
    auto &d = *static_cast<Private *>(self);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        auto *entry = new WebConnection;
        entry->descriptor
            = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        entry->peer = QHostAddress(
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
        entry->deadline = d.in(d.options.limits.idle);
        ++d.perAddress[entry->peer];
        d.connections.insert(entry);
        *context = entry;
        return;
    }
    auto *entry = static_cast<WebConnection *>(std::exchange(*context, nullptr));
    if (const auto count = d.perAddress.find(entry->peer); --*count == 0)
        d.perAddress.erase(count);
    d.forgetStream(*entry);
    d.connections.remove(entry);
    delete entry;
    d.mustRunAgain = true;
}

WebConnection &WebServer::Private::contextOf(MHD_Connection *connection)
{
    return *static_cast<WebConnection *>(
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
}

void *WebServer::Private::onRequestLine(void *self, const char *, MHD_Connection *connection)
{
    auto &d = *static_cast<Private *>(self);
    contextOf(connection).deadline = d.in(d.options.limits.request);
    return nullptr;
}

MHD_Result WebServer::Private::onRequest(void *self, MHD_Connection *connection, const char *url,
                                         const char *method, const char *, const char *, size_t *,
                                         void **seen)
{
    auto &d = *static_cast<Private *>(self);
    WebConnection &context = contextOf(connection);
    if (*seen)
        return d.answer(connection, context, QByteArrayView(url), qstrcmp(method, "HEAD") == 0);
    // An answer in this first call, before the end of the request was looked for, closes the
    // connection: for refusals.
    *seen = &context;
    ++d.requests;
    context.deadline = d.in(d.options.limits.answer);
    context.head = RequestHead::read(connection);
    const unsigned status = d.refusalOf(context.head, QByteArrayView(method));
    return status == 0 ? MHD_YES : d.refuse(connection, status);
}

void WebServer::Private::onCompleted(void *self, MHD_Connection *connection, void **,
                                     MHD_RequestTerminationCode)
{
    auto &d = *static_cast<Private *>(self);
    WebConnection &context = contextOf(connection);
    d.forgetStream(context);
    context.deadline = d.in(d.options.limits.idle + d.options.limits.request);
}

unsigned WebServer::Private::refusalOf(const RequestHead &head, QByteArrayView method)
{
    const bool isKnown = !knownHost.isEmpty() && head.host == knownHost;
    const unsigned status = refusalStatus(head, method, isKnown, options.hosts);
    if (!isKnown && status == 0)
        knownHost = head.host.toByteArray();
    return status;
}

MHD_Result WebServer::Private::answer(MHD_Connection *connection, WebConnection &context,
                                      QByteArrayView path, bool isHead)
{
    const RequestHead &head = context.head;
    WebContent::Found found;
    if (path.endsWith(historyPath)) {
        const char *range = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "range");
        found = content.find(path.toByteArray() + '?' + QByteArray(range).left(8));
    } else {
        found = content.find(path);
    }
    if (found.isPending)
        return wait(connection);
    if (found.isStream && !isHead)
        return answerStream(connection, context);
    if (!found.representation)
        return refuse(connection, MHD_HTTP_NOT_FOUND);
    MHD_Response *response = found.representation->response(acceptsGzip(head.acceptEncoding));
    if (!response)
        return MHD_NO;
    const bool isUnchanged = found.status == MHD_HTTP_OK && !head.ifNoneMatch.isEmpty()
        && found.representation->matches(head.ifNoneMatch);
    // A 304 goes out with the full response: libmicrohttpd leaves its body away but keeps its
    // headers true.
    return MHD_queue_response(connection, isUnchanged ? MHD_HTTP_NOT_MODIFIED : found.status,
                              response);
}

MHD_Result WebServer::Private::wait(MHD_Connection *connection)
{
    if (waiting.size() >= mostWaiting)
        return refuse(connection, MHD_HTTP_SERVICE_UNAVAILABLE);
    MHD_suspend_connection(connection);
    waiting.insert(connection);
    return MHD_YES; // asked again when it goes on
}

void WebServer::Private::answerWaiting()
{
    for (MHD_Connection *connection : std::exchange(waiting, {}))
        MHD_resume_connection(connection);
    run();
}

MHD_Result WebServer::Private::answerStream(MHD_Connection *connection, WebConnection &context)
{
    if (stream.listenerCount() >= options.limits.connections - connectionsKeptForPages)
        return refuse(connection, MHD_HTTP_SERVICE_UNAVAILABLE);
    const QString address = clientAddress(context);
    if (streamsPerAddress.value(address) >= options.limits.perAddress)
        return refuse(connection, MHD_HTTP_TOO_MANY_REQUESTS);
    const ResponsePointer response = stream.join(connection, context.descriptor);
    if (!response)
        return MHD_NO;
    context.streamAddress = address;
    ++streamsPerAddress[address];
    context.deadline = 0; // the stream has its own, for each message
    return MHD_queue_response(connection, MHD_HTTP_OK, response.get());
}

MHD_Result WebServer::Private::refuse(MHD_Connection *connection, unsigned status)
{
    return MHD_queue_response(connection, status, refused.at(status).get());
}

void WebServer::Private::forgetStream(WebConnection &context)
{
    if (context.streamAddress.isEmpty())
        return;
    if (const auto count = streamsPerAddress.find(context.streamAddress); --*count == 0)
        streamsPerAddress.erase(count);
    context.streamAddress.clear();
}

/// The last address that a trusted proxy did not add itself; what stands before it anybody can
/// write.
QString WebServer::Private::clientAddress(const WebConnection &context) const
{
    if (context.head.forwardedFor.isEmpty() || !options.isTrustedProxy(context.peer))
        return context.peer.toString();
    const QStringList hops = QString::fromLatin1(context.head.forwardedFor).split(u',');
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        const QHostAddress address(hop->trimmed());
        if (address.isNull())
            break;
        if (!options.isTrustedProxy(address))
            return address.toString();
    }
    return context.peer.toString();
}

void WebServer::Private::onLog(void *self, const char *format, va_list arguments)
{
    auto &d = *static_cast<Private *>(self);
    const qint64 now = d.clock.elapsed();
    if (d.logged != 0 && now - d.logged < 10'000) {
        ++d.unlogged;
        return;
    }
    d.logged = now;
    const QString line = oneLine(QString::vasprintf(format, arguments).trimmed(), 300);
    const QString others = d.unlogged > 0
        ? u" (and %1 lines like it)"_s.arg(std::exchange(d.unlogged, 0))
        : QString();
    qInfo().noquote() << "web:" << line + others;
}

WebServer::WebServer(const WebOptions &options, WebContent &content, LiveStream &stream,
                     QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(options, content, stream))
{
    connect(&stream, &LiveStream::resumed, this, [this] { d->run(); });
}

WebServer::~WebServer()
{
    d->stop();
}

Result<void> WebServer::start()
{
    return d->start();
}

void WebServer::stop()
{
    d->stop();
}

void WebServer::answerWaiting()
{
    d->answerWaiting();
}

quint16 WebServer::port() const
{
    return d->port;
}

QString WebServer::url() const
{
    const QString host = d->options.address.protocol() == QAbstractSocket::IPv6Protocol
        ? u'[' + d->options.address.toString() + u']'
        : d->options.address.toString();
    return u"http://%1:%2"_s.arg(host).arg(d->port);
}

qint64 WebServer::requestCount() const
{
    return d->requests;
}

int WebServer::connectionCount() const
{
    return static_cast<int>(d->connections.size());
}

} // namespace Treewarden
