// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/pastbanner.h"

#include "console/models/pastgaps.h"
#include "console/models/pasttext.h"
#include "console/models/timesource.h"
#include "console/views/linkbutton.h"
#include "console/views/pastdetails.h"
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
    , m_known(new LinkButton(tr("What is known")))
    , m_problems(new LinkButton)
    , m_hint(new QWidget)
{
    m_detail->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(bannerMargin + bannerPicture + bannerGap, 7, 20, 9);
    row->setSpacing(12);
    row->addWidget(m_title);
    row->addWidget(m_detail, 1);
    row->addWidget(m_known);
    row->addWidget(m_problems);
    row->addWidget(m_hint);
    auto *hint = new QHBoxLayout(m_hint);
    hint->setContentsMargins(0, 0, 0, 0);
    hint->setSpacing(8);
    hint->addWidget(new TonedLabel(tr("Previous and next event"), TonedLabel::Tone::Past));
    hint->addWidget(new KeyCap(u","_s));
    hint->addWidget(new KeyCap(u"."_s));
    setAccessibleName(tr("The past"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_known, &QAbstractButton::clicked, this, &PastBanner::showDetails);
    connect(m_problems, &QAbstractButton::clicked, this, &PastBanner::problemsRequested);
    for (const auto signal : {&FleetSource::momentChanged, &FleetSource::liveChanged})
        connect(&source, signal, this, &PastBanner::refresh);
    for (const auto signal : {&TimeSource::wantedChanged, &TimeSource::problemsNowChanged})
        connect(&source, signal, this, &PastBanner::refresh);
    connect(&source.events(), &ArchiveReader::grownBack, this, &PastBanner::refresh);
    refresh();
}

void PastBanner::showDetails()
{
    if (m_source.isPast())
        (new PastDetails(knowledgeOf(m_source.gaps()), this))->showBelow(*m_known);
}

QString PastBanner::text() const
{
    QStringList texts{m_title->text(), m_detail->text()};
    if (m_problems->isVisibleTo(this))
        texts << m_problems->text();
    return texts.join(u' ');
}

QString PastBanner::titleText() const
{
    if (m_source.isPast() && !m_source.isReading())
        return tr("You see %1").arg(longMomentText(m_source.moment()));
    return tr("Reading what happened since %1…").arg(longMomentText(m_source.wantedMoment()));
}

void PastBanner::refresh()
{
    setVisible(m_source.wantedMoment() > 0);
    if (m_source.wantedMoment() == 0)
        return;
    const bool isThere = m_source.isPast() && !m_source.isReading();
    m_title->setText(titleText());
    m_detail->setText(
        isThere
            ? tr("%1 ago.").arg(formatDuration(m_source.live().now() - m_source.moment())) + u' '
                + knowledgeLine(m_source.gaps())
            : tr("%1 events so far.").arg(locale().toString(m_source.events().archive().size())));
    m_known->setVisible(isThere);
    const int problems = m_source.problemsNow();
    m_problems->setVisible(problems > 0);
    m_problems->setText(problems == 1 ? tr("1 problem now") : tr("%1 problems now").arg(problems));
    m_problems->updateGeometry();
    fitHint();
    const QString said = m_title->text() + u' ' + m_detail->text();
    if (said == accessibleDescription())
        return;
    setAccessibleDescription(said);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

/// What is not known matters more than which keys there are.
void PastBanner::fitHint()
{
    const int words = m_detail->fontMetrics().horizontalAdvance(m_detail->text());
    int others = 3 * bannerGap + m_title->sizeHint().width() + m_hint->sizeHint().width()
        + m_known->sizeHint().width();
    if (m_problems->isVisibleTo(this))
        others += bannerGap + m_problems->sizeHint().width();
    const QMargins margins = layout()->contentsMargins();
    m_hint->setVisible(words + others + margins.left() + margins.right() + bannerGap <= width());
}

void PastBanner::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitHint();
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
