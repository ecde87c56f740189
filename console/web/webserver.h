// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/web/weboptions.h"

#include <QObject>

#include <memory>

namespace Treewarden {

class LiveStream;
class Representation;

/// What a WebServer serves: a path (decoded, without its query) → content; of a history also its
/// range: "/api/v1/servers/10.0.0.7/history?24h". No answer may cost more because of what the path
/// says.
class WebContent
{
public:
    struct Found
    {
        Representation *representation = nullptr; ///< nullptr: there is no such page
        unsigned status = 200;
        bool isStream = false; ///< GET joins the LiveStream; HEAD gets `representation`
        bool isPending = false; ///< it is being made: the request waits for answerWaiting()
    };

    virtual ~WebContent() = default;
    virtual Found find(QByteArrayView path) = 0;
};

/// A read-only HTTP server in this thread's event loop: libmicrohttpd with an external epoll. Every
/// limit of docs/protocol.md, section 8, is kept here; `content` never sees a request that breaks
/// one.
class WebServer : public QObject
{
    Q_OBJECT
public:
    WebServer(const WebOptions &options, WebContent &content, LiveStream &stream,
              QObject *parent = nullptr);
    ~WebServer() override;

    /// The error says what is in the way of listening and what to do about it.
    Result<void> start();
    /// Ends streams, then connections.
    void stop();

    /// What was pending may be there now.
    void answerWaiting();

    quint16 port() const; ///< the one that listens, after start()
    QString url() const; ///< "http://127.0.0.1:8420"
    qint64 requestCount() const;
    int connectionCount() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Treewarden
