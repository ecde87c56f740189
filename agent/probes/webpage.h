// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/httpcheck.h"
#include "agent/probes/socketprobe.h"

namespace Treewarden {

/// A web server as its role and its people name it.
struct WebServerName
{
    QString role; ///< "nginx"
    QString title; ///< begins the sentences: "Nginx"
};

/// A page of a web server, and what its answer must be.
struct WebPage
{
    SocketParameters socket;
    QByteArray host; ///< the Host field
    QByteArray path;
    HttpExpectation expected;
    bool isWanted = false; ///< the configuration names it or what it answers
};

/// Reads host, port, path, site, page, expect, process, every and timeout. `master`: the process
/// that must run unless `process` names another, or `master` is false; empty: none.
WebPage readWebPage(Parameters *parameters, const ServiceDefinition &service,
                    const ProbeCheck &check, const WebServerName &server,
                    const QString &master = {});

/// A parameter that is a path and query, as they go on the wire.
QByteArray readPagePath(Parameters *parameters, const QString &name, const QString &fallback);

/// GET `path` from the page's server, with the latency in what is told.
SocketDialogue webDialogue(const QString &title, const WebPage &page, const QByteArray &path,
                           bool holdsConnection, SocketDialogue::Judge judge);

/// Adds the latency to what is told.
void tellLatency(CheckResult *result, const SocketExchange &exchange);

} // namespace Treewarden
