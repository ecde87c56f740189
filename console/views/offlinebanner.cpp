// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/offlinebanner.h"

#include "console/models/fleetsource.h"
#include "console/views/healthicon.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

OfflineBanner::OfflineBanner(FleetSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_title(new TonedLabel({}, TonedLabel::Tone::Text, TextSize::body, true))
    , m_detail(new TonedLabel)
{
    auto *icon = new HealthIcon(20);
    icon->setHealth(Health::Degraded);
    auto *retry = new QPushButton(tr("Try now"));
    auto *connection = new QPushButton(tr("Connection…"));
    m_detail->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(20, 9, 20, 11);
    row->setSpacing(12);
    row->addWidget(icon);
    row->addWidget(m_title);
    row->addWidget(m_detail, 1);
    row->addWidget(retry);
    row->addWidget(connection);
    setAccessibleName(tr("Not live"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(retry, &QPushButton::clicked, this, [this] { m_source.retryNow(); });
    connect(connection, &QPushButton::clicked, this, &OfflineBanner::connectionRequested);
    connect(&m_source, &FleetSource::liveChanged, this, &OfflineBanner::refresh);
    connect(&m_timer, &QTimer::timeout, this, &OfflineBanner::refresh);
}

QString OfflineBanner::text() const
{
    return m_title->text() + u' ' + m_detail->text();
}

void OfflineBanner::refresh()
{
    QStringList sentences;
    m_title->setText(tr("No live data"));
    if (m_source.hasState() && m_source.staleSince())
        sentences << tr("All values are from %1, %2 ago.")
                         .arg(QDateTime::fromMSecsSinceEpoch(m_source.staleSince())
                                  .toString(u"HH:mm:ss"_s),
                              formatDuration(
                                  qMax<qint64>(0, m_source.now() - m_source.staleSince())));
    if (!m_source.trouble().isEmpty())
        sentences << oneLine(m_source.trouble());
    if (m_source.retryIn() > 0)
        sentences << tr("Next try in %1 s.").arg((m_source.retryIn() + 999) / 1000);
    m_detail->setText(sentences.join(u' '));
    setAccessibleDescription(m_detail->text());
}

void OfflineBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.warnTint);
    painter.fillRect(0, height() - 2, width(), 2, theme.warn);
}

void OfflineBanner::showEvent(QShowEvent *)
{
    refresh();
    m_timer.start(1s);
}

void OfflineBanner::hideEvent(QHideEvent *)
{
    m_timer.stop();
}

} // namespace Treewarden
