// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartexport.h"

#include "console/models/csvtext.h"

#include <QDateTime>
#include <QPainter>
#include <QRegularExpression>
#include <QSaveFile>

#include <cmath>
#include <set>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int exportMargin = 16, exportGap = 8, exportHead = 48;
constexpr double exportRatio = 2; ///< sharp in print

/// The metrics behind a chart, as they are kept.
QList<QByteArray> metricsOf(const ChartSpec &spec)
{
    QList<QByteArray> metrics;
    for (const ChartLine &line : spec.lines) {
        if (line.others.isEmpty())
            metrics << line.metric;
        else
            metrics << line.others;
        if (!line.whole.isEmpty() && line.others.isEmpty())
            metrics << line.whole;
    }
    return metrics;
}

QByteArray csvNumber(double value)
{
    return std::isfinite(value) ? QByteArray::number(value, 'g', 12) : QByteArray();
}

} // namespace

QImage chartsImage(const QString &title, const QString &subtitle, const QList<ChartPanel *> &panels)
{
    if (panels.isEmpty())
        return {};
    const Theme &theme = themeOf(panels.first());
    int height = exportHead + exportMargin;
    for (const ChartPanel *panel : panels)
        height += panel->height() + exportGap;
    const QSize size(panels.first()->width() + 2 * exportMargin, height);
    QImage image(size * exportRatio, QImage::Format_RGB32);
    image.setDevicePixelRatio(exportRatio);
    image.fill(theme.window);
    QPainter painter(&image);
    painter.setFont(uiFont(TextSize::problem, true));
    painter.setPen(theme.text);
    painter.drawText(exportMargin, exportMargin + 14, title);
    const int titleWidth = painter.fontMetrics().horizontalAdvance(title);
    painter.setFont(uiFont());
    painter.setPen(theme.text2);
    painter.drawText(exportMargin + titleWidth + exportMargin, exportMargin + 14, subtitle);
    int y = exportHead;
    for (ChartPanel *panel : panels) {
        panel->view()->setCached(false);
        panel->render(&painter, QPoint(exportMargin, y), {}, QWidget::DrawChildren);
        panel->view()->setCached(true);
        y += panel->height() + exportGap;
    }
    return image;
}

QByteArray chartsCsv(const QList<ChartSpec> &specs, const WorkloadTracks &tracks, qint64 from,
                     qint64 to)
{
    struct Column
    {
        Track track;
        qsizetype next;
    };

    const bool areSpans = tracks.step > 1000;
    QList<Column> columns;
    std::set<qint64> times;
    QStringList head{u"time"_s};
    QSet<QByteArray> known;
    for (const ChartSpec &spec : specs) {
        for (const QByteArray &metric : metricsOf(spec)) {
            const Track track = tracks.track(metric);
            const auto [first, end] = trackPart(track, from, to);
            if (first == end || known.contains(metric))
                continue;
            known.insert(metric);
            for (qsizetype i = first; i < end; ++i)
                times.insert(track[i].time);
            columns << Column{track.mid(first, end - first), 0};
            const QString name = QString::fromUtf8(metric);
            if (areSpans)
                head << name + u" average"_s << name + u" least"_s << name + u" most"_s;
            else
                head << name;
        }
    }
    QByteArray csv = csvLine(head);
    for (const qint64 time : times) {
        csv += QDateTime::fromMSecsSinceEpoch(time)
                   .toOffsetFromUtc(QDateTime::fromMSecsSinceEpoch(time).offsetFromUtc())
                   .toString(Qt::ISODateWithMs)
                   .toLatin1();
        for (Column &column : columns) {
            const bool isKnown
                = column.next < column.track.size() && column.track[column.next].time == time;
            const TrackPoint point = isKnown ? column.track[column.next++] : TrackPoint();
            csv += ',' + (isKnown ? csvNumber(point.average) : QByteArray());
            if (areSpans)
                csv += ',' + (isKnown ? csvNumber(point.least) : QByteArray()) + ','
                    + (isKnown ? csvNumber(point.most) : QByteArray());
        }
        csv += "\r\n";
    }
    return csv;
}

QString writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return file.errorString();
}

QString exportName(const QString &server, qint64 time, const QString &ending)
{
    static const QRegularExpression strange(u"[^A-Za-z0-9_-]+"_s);
    QString name = server.left(64);
    name.replace(strange, u"-"_s);
    return name + u'-' + QDateTime::fromMSecsSinceEpoch(time).toString(u"yyyy-MM-dd-HHmm"_s)
        + ending;
}

} // namespace Treewarden
