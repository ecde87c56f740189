// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QJsonObject>

namespace Treewarden {

/// The page of nginx' ngx_http_stub_status_module as workload: connections, accepts, handled,
/// requests, dropped (accepted and not handled), reading, writing, waiting. Empty for any other
/// page.
QJsonObject parseStubStatus(QByteArrayView page);

} // namespace Treewarden
