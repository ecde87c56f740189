// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArrayView>
#include <QJsonObject>
#include <QXmlStreamReader>

#include <optional>

namespace Treewarden {

/// What gmond tells of its cluster. An age is TN, the seconds since a value was heard; it is stale
/// when it is over four times the greatest age that was announced for it (TMAX), Ganglia's own
/// rule.
struct GmondSummary
{
    QString version, cluster;
    qint64 hosts = 0, hostsDown = 0, metrics = 0, staleMetrics = 0;
    std::optional<quint32> newest, oldest; ///< ages of metrics in seconds

    QJsonObject info() const;
};

/// Reads gmond's XML as it comes (gmond(1), lib/ganglia.dtd). Nothing is kept but the sums.
/// Declared entities, deep nesting and documents without an end are refused.
class GmondReader
{
public:
    /// The error says what is wrong with these bytes.
    Result<void> feed(QByteArrayView bytes);

    /// The document ended.
    bool isComplete() const { return m_isComplete; }

    qint64 size() const { return m_size; }

    const GmondSummary &summary() const { return m_summary; }

private:
    Result<void> takeToken(QXmlStreamReader::TokenType token);
    Result<void> takeElement();
    void takeMetric();

    QXmlStreamReader m_xml;
    GmondSummary m_summary;
    qint64 m_size = 0, m_sinceToken = 0;
    int m_depth = 0;
    bool m_isComplete = false;
};

} // namespace Treewarden
