// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/gmondreader.h"

#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestGmondReport = 16 << 20; // about 500 hosts
constexpr qint64 longestGmondToken = 256 << 10; // the DTD takes 4 KiB
constexpr int deepestGmondElement = 32;

/// TN or TMAX of the element; nothing when it is no whole number.
std::optional<quint32> secondsOf(const QXmlStreamReader &xml, QLatin1StringView name)
{
    bool isNumber = false;
    const uint number = xml.attributes().value(name).toUInt(&isNumber);
    return isNumber ? std::optional<quint32>(number) : std::nullopt;
}

bool isStale(const QXmlStreamReader &xml)
{
    const quint64 most = secondsOf(xml, "TMAX"_L1).value_or(0);
    return most > 0 && secondsOf(xml, "TN"_L1).value_or(0) > 4 * most;
}

QString attributeText(const QXmlStreamReader &xml, QLatin1StringView name)
{
    return oneLine(xml.attributes().value(name), 64);
}

} // namespace

QJsonObject GmondSummary::info() const
{
    QJsonObject info{{u"version"_s, version}, {u"cluster"_s, cluster},
                     {u"hosts"_s, hosts},     {u"hosts_down"_s, hostsDown},
                     {u"metrics"_s, metrics}, {u"stale_metrics"_s, staleMetrics}};
    if (newest)
        info.insert(u"newest"_s, qint64(*newest));
    if (oldest)
        info.insert(u"oldest"_s, qint64(*oldest));
    return info;
}

Result<void> GmondReader::feed(QByteArrayView bytes)
{
    m_size += bytes.size();
    m_sinceToken += bytes.size();
    if (m_size > longestGmondReport || m_sinceToken > longestGmondToken)
        return Error{u"more than is right without an end"_s};
    m_xml.addData(bytes.toByteArray()); // it keeps the bytes: they must be its own
    while (!m_isComplete) {
        const auto token = m_xml.readNext();
        if (m_xml.error() == QXmlStreamReader::PrematureEndOfDocumentError)
            return {};
        if (m_xml.hasError())
            return Error{oneLine(m_xml.errorString(), 120)};
        m_sinceToken = 0;
        if (const auto fine = takeToken(token); !fine)
            return fine;
    }
    return {};
}

Result<void> GmondReader::takeToken(QXmlStreamReader::TokenType token)
{
    switch (token) {
    case QXmlStreamReader::DTD:
        if (!m_xml.entityDeclarations().isEmpty())
            return Error{u"it declares entities"_s};
        break;
    case QXmlStreamReader::StartElement:
        return takeElement();
    case QXmlStreamReader::EndElement:
        m_isComplete = --m_depth == 0;
        break;
    default:
        break;
    }
    return {};
}

Result<void> GmondReader::takeElement()
{
    const QStringView name = m_xml.name();
    if (m_depth == 0 && name != u"GANGLIA_XML")
        return Error{u"the document is <%1>"_s.arg(oneLine(name, 40))};
    if (++m_depth > deepestGmondElement)
        return Error{u"elements are nested too deeply"_s};
    if (name == u"METRIC") {
        takeMetric();
    } else if (name == u"HOST") {
        ++m_summary.hosts;
        m_summary.hostsDown += isStale(m_xml) ? 1 : 0;
    } else if (name == u"CLUSTER") {
        m_summary.cluster = attributeText(m_xml, "NAME"_L1);
    } else if (name == u"GANGLIA_XML") {
        m_summary.version = attributeText(m_xml, "VERSION"_L1);
    }
    return {};
}

void GmondReader::takeMetric()
{
    ++m_summary.metrics;
    m_summary.staleMetrics += isStale(m_xml) ? 1 : 0;
    const auto age = secondsOf(m_xml, "TN"_L1);
    if (!age)
        return;
    m_summary.newest = std::min(*age, m_summary.newest.value_or(*age));
    m_summary.oldest = std::max(*age, m_summary.oldest.value_or(*age));
}

} // namespace Treewarden
