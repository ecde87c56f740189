// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/pastbanner.h"

#include "console/models/pasttext.h"
#include "console/models/timesource.h"
#include "console/views/linkbutton.h"
#include "console/views/stateicon.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int bannerMargin = 20, bannerPicture = 16, bannerGap = 12;

/// A key as it looks on a keyboard.
class KeyCap : public QWidget
{
public:
    explicit KeyCap(const QString &key)
        : m_key(key)
    {
        setFixedSize(20, 20);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &theme = themeOf(this);
        painter.setPen(theme.past);
        painter.setBrush(theme.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.setFont(uiFont(TextSize::body, true));
        painter.drawText(rect(), Qt::AlignCenter, m_key);
    }

private:
    QString m_key;
};

} // namespace

PastBanner::PastBanner(TimeSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_title(new TonedLabel({}, TonedLabel::Tone::Past, TextSize::body, true))
    , m_detail(new TonedLabel({}, TonedLabel::Tone::Past))
    , m_problems(new LinkButton)
{
    m_detail->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(bannerMargin + bannerPicture + bannerGap, 7, 20, 9);
    row->setSpacing(12);
    row->addWidget(m_title);
    row->addWidget(m_detail, 1);
    row->addWidget(m_problems);
    row->addWidget(new TonedLabel(tr("Previous and next event"), TonedLabel::Tone::Past));
    row->addWidget(new KeyCap(u","_s));
    row->addWidget(new KeyCap(u"."_s));
    setAccessibleName(tr("The past"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_problems, &QAbstractButton::clicked, this, &PastBanner::problemsRequested);
    for (const auto signal : {&FleetSource::momentChanged, &FleetSource::liveChanged})
        connect(&source, signal, this, &PastBanner::refresh);
    for (const auto signal : {&TimeSource::wantedChanged, &TimeSource::problemsNowChanged})
        connect(&source, signal, this, &PastBanner::refresh);
    refresh();
}

QString PastBanner::text() const
{
    QStringList texts{m_title->text(), m_detail->text()};
    if (m_problems->isVisibleTo(this))
        texts << m_problems->text();
    return texts.join(u' ');
}

void PastBanner::refresh()
{
    const qint64 wanted = m_source.wantedMoment();
    setVisible(wanted > 0);
    if (wanted == 0)
        return;
    const bool isThere = m_source.isPast() && !m_source.isReading();
    m_title->setText(isThere ? tr("You see %1").arg(longMomentText(m_source.moment()))
                             : tr("Reading what happened since %1…").arg(longMomentText(wanted)));
    QStringList sentences;
    if (isThere) {
        sentences << tr("%1 ago.").arg(formatDuration(m_source.live().now() - m_source.moment()));
        const QString gaps = m_source.gaps();
        sentences << (gaps.isEmpty() ? tr("Everything on every page is as it was then.") : gaps);
    }
    m_detail->setText(sentences.join(u' '));
    const int problems = m_source.problemsNow();
    m_problems->setVisible(problems > 0);
    m_problems->setText(problems == 1 ? tr("1 problem now") : tr("%1 problems now").arg(problems));
    m_problems->updateGeometry();
    const QString said = m_title->text() + u' ' + m_detail->text();
    if (said == accessibleDescription())
        return;
    setAccessibleDescription(said);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void PastBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.pastTint);
    painter.fillRect(0, height() - 2, width(), 2, theme.past);
    paintTool(&painter,
              QRect(bannerMargin, (height() - 2 - bannerPicture) / 2, bannerPicture, bannerPicture),
              u"history"_s, theme.past);
}

} // namespace Treewarden
