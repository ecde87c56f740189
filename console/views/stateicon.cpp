// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/stateicon.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

static void loadIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The drawings name their colours `currentColor` and `markColor`; here they get them.
QPixmap render(const QString &file, int size, qreal ratio, const QColor &colour, const QColor &mark)
{
    const QString key = u"treewarden/%1/%2/%3/%4/%5"_s.arg(file)
                            .arg(size)
                            .arg(ratio)
                            .arg(colour.rgba())
                            .arg(mark.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    loadIcons();
    QFile drawing(u":/icons/"_s + file);
    QByteArray svg;
    if (drawing.open(QIODevice::ReadOnly))
        svg = drawing.readAll();
    svg.replace("currentColor", colour.name().toLatin1())
        .replace("markColor", mark.name().toLatin1());
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(QSize(size, size) * ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(QPointF(), QSizeF(pixmap.size())));
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

QPixmap statePixmap(Health health, int size, qreal pixelRatio, const Theme &theme)
{
    return render(u"state-%1.svg"_s.arg(healthWord(health)), size, pixelRatio, theme.state(health),
                  theme.on);
}

QPixmap stalePixmap(int size, qreal pixelRatio, const Theme &theme)
{
    return render(u"state-stale.svg"_s, size, pixelRatio, theme.stale, theme.on);
}

QPixmap toolPixmap(const QString &name, int size, qreal pixelRatio, const QColor &colour)
{
    return render(u"tool-%1.svg"_s.arg(name), size, pixelRatio, colour, colour);
}

void paintState(QPainter *painter, const QRect &rect, Health health, const Theme &theme)
{
    painter->drawPixmap(
        rect.topLeft(),
        statePixmap(health, rect.width(), painter->device()->devicePixelRatioF(), theme));
}

void paintTool(QPainter *painter, const QRect &rect, const QString &name, const QColor &colour)
{
    painter->drawPixmap(
        rect.topLeft(),
        toolPixmap(name, rect.width(), painter->device()->devicePixelRatioF(), colour));
}

} // namespace Treewarden
