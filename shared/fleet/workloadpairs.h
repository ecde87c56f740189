// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace Treewarden {

/// The pairs of a service's workload for people, sorted by name: "connected_clients 4". Members of
/// objects stand under their dotted path; lists are left out, and what is beyond `maximum`.
QStringList workloadPairs(const QJsonObject &workload, qsizetype maximum = 24);

} // namespace Treewarden
