// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QJsonObject>

namespace Treewarden {

/// What "varnishstat -j" printed as workload: requests, cache_hits, cache_misses, hit_ratio
/// (percent, since its start), sessions, threads, objects, storage_used, storage_free …, as far as
/// it tells them. Both layouts: counters beside each other (before 6.5) and under "counters". Empty
/// for any other text.
QJsonObject parseVarnishStat(QByteArrayView json);

} // namespace Treewarden
