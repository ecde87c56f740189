// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/timebar.h"

#include "console/models/pasttext.h"
#include "console/models/timesource.h"
#include "console/settings/preferences.h"
#include "console/views/stateicon.h"
#include "console/views/themestyle.h"
#include "console/views/timebadge.h"
#include "console/views/timeslider.h"
#include "console/views/tonedlabel.h"

#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 hourSpanLength = 3'600'000, daySpanLength = 24 * hourSpanLength;

struct SpanChoice
{
    QString name; ///< in the preferences
    qint64 length; ///< ms; 0: all
    QString title;
};

QList<SpanChoice> spanChoices()
{
    return {{u"1h"_s, hourSpanLength, TimeBar::tr("Last hour")},
            {u"24h"_s, daySpanLength, TimeBar::tr("Last 24 h")},
            {u"7d"_s, 7 * daySpanLength, TimeBar::tr("Last 7 days")},
            {u"30d"_s, 30 * daySpanLength, TimeBar::tr("Last 30 days")},
            {u"all"_s, 0, TimeBar::tr("All that is remembered")}};
}

/// A button that is as narrow as what stands in it.
class NarrowButton : public QPushButton
{
public:
    explicit NarrowButton(const QString &name)
    {
        setAccessibleName(name);
        setToolTip(name);
        setAutoDefault(false);
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override
    {
        const int words = QFontMetrics(uiFont()).horizontalAdvance(text());
        const int picture = icon().isNull() ? 0 : iconSize().width() + (words > 0 ? 4 : 0);
        return {words + picture + 20, QPushButton::sizeHint().height()};
    }

    QSize minimumSizeHint() const override { return sizeHint(); }
};

} // namespace

TimeBar::TimeBar(TimeSource &source, Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_preferences(preferences)
    , m_badge(new TimeBadge)
    , m_spans(new QMenu(tr("&Span"), this))
    , m_speeds(new QMenu(tr("S&peed"), this))
    , m_span(new NarrowButton(tr("How much time the slider spans")))
    , m_play(new NarrowButton({}))
    , m_speed(new NarrowButton(tr("How fast the past goes on")))
    , m_back(new QPushButton(tr("Back to live (L)")))
    , m_slider(new TimeSlider(source))
    , m_clock(new TonedLabel({}, TonedLabel::Tone::Secondary))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 12, 0);
    row->setSpacing(10);
    for (QWidget *widget : {static_cast<QWidget *>(m_badge), static_cast<QWidget *>(m_play),
                            static_cast<QWidget *>(m_speed), static_cast<QWidget *>(m_span)})
        row->addWidget(widget);
    row->addWidget(m_slider, 1);
    row->addWidget(m_clock);
    row->addWidget(m_back);
    m_span->setFlat(true);
    m_span->setLayoutDirection(Qt::RightToLeft); // its arrow stands behind its text
    m_back->setAutoDefault(false);
    m_back->setToolTip(tr("Show what is now"));
    setEmphasis(m_back, Emphasis::Primary);
    setAccessibleName(tr("Time travel"));
    setFixedHeight(qMax(46, m_play->sizeHint().height() + 12));
    makeMenus();
    connect(m_play, &QPushButton::clicked, this, &TimeBar::togglePlay);
    connect(m_back, &QPushButton::clicked, &source, &TimeSource::goLive);
    for (const auto signal : {&FleetSource::momentChanged, &FleetSource::liveChanged})
        connect(&source, signal, this, &TimeBar::refresh);
    for (const auto signal : {&TimeSource::wantedChanged, &TimeSource::playingChanged})
        connect(&source, signal, this, &TimeBar::refresh);
    connect(&m_seconds, &QTimer::timeout, this, [this] {
        if (!isVisible())
            return;
        m_slider->refresh();
        showClock();
    });
    m_seconds.start(1s);
    setSpan(preferences.text(Preference::TimeSpan));
    refresh();
}

void TimeBar::makeMenus()
{
    auto *spans = new QActionGroup(this);
    for (const SpanChoice &choice : spanChoices()) {
        QAction *action = m_spans->addAction(choice.title);
        action->setCheckable(true);
        action->setData(choice.name);
        spans->addAction(action);
        connect(action, &QAction::triggered, this, [this, name = choice.name] { setSpan(name); });
    }
    auto *speeds = new QActionGroup(this);
    for (const int speed : TimeSource::speeds) {
        QAction *action = m_speeds->addAction(tr("%1 times as fast").arg(speed));
        action->setCheckable(true);
        action->setData(speed);
        speeds->addAction(action);
        connect(action, &QAction::triggered, this, [this, speed] { m_source.setSpeed(speed); });
    }
    const auto popUp = [](QPushButton *button, QMenu *menu) {
        menu->popup(button->mapToGlobal(QPoint(0, -menu->sizeHint().height() - 2)));
    };
    connect(m_span, &QPushButton::clicked, this, [=, this] { popUp(m_span, m_spans); });
    connect(m_speed, &QPushButton::clicked, this, [=, this] { popUp(m_speed, m_speeds); });
}

void TimeBar::setSpan(const QString &name)
{
    const QList<SpanChoice> choices = spanChoices();
    const SpanChoice *chosen = &choices[1];
    for (const SpanChoice &choice : choices) {
        if (choice.name == name)
            chosen = &choice;
    }
    for (QAction *action : m_spans->actions())
        action->setChecked(action->data().toString() == chosen->name);
    m_span->setText(chosen->title);
    m_span->updateGeometry();
    m_slider->setSpan(chosen->length);
    m_preferences.setValue(Preference::TimeSpan, chosen->name);
}

void TimeBar::togglePlay()
{
    if (!m_source.isPast())
        m_source.goTo(m_source.now() - 1);
    else if (m_source.isPlaying())
        m_source.pause();
    else
        m_source.play(m_source.speed());
}

QString TimeBar::clockText() const
{
    return m_clock->text();
}

void TimeBar::refresh()
{
    const bool isPast = m_source.isPast() || m_source.wantedMoment() > 0;
    const bool isPlaying = m_source.isPlaying();
    m_badge->setKind(isPast                         ? TimeBadge::Kind::Past
                         : m_source.live().isLive() ? TimeBadge::Kind::Live
                                                    : TimeBadge::Kind::Stale);
    const QString play = isPlaying ? tr("Pause (Space)")
        : isPast                   ? tr("Let the past go on (Space)")
                                   : tr("Hold this moment");
    m_play->setAccessibleName(play);
    m_play->setToolTip(play);
    m_play->setEnabled(m_source.hasState());
    m_play->setIcon(toolPixmap(isPlaying || !isPast ? u"pause"_s : u"play"_s, 16,
                               devicePixelRatioF(), themeOf(this).text));
    m_speed->setText(u"×%1"_s.arg(m_source.speed()));
    m_speed->setVisible(isPast);
    for (QAction *action : m_speeds->actions())
        action->setChecked(action->data().toInt() == m_source.speed());
    m_back->setVisible(isPast);
    m_span->setIcon(toolPixmap(u"chevron-down"_s, 12, devicePixelRatioF(), themeOf(this).text3));
    showClock();
    update();
}

void TimeBar::showClock()
{
    const qint64 moment = m_source.wantedMoment(), now = m_source.live().now();
    m_clock->setText(Treewarden::clockText(moment > 0 ? moment : now, now));
    m_clock->setFont(uiFont(TextSize::body, moment > 0));
    m_clock->setTone(moment > 0 ? TonedLabel::Tone::Past : TonedLabel::Tone::Secondary);
}

void TimeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(0, 0, width(), 1, theme.line);
}

void TimeBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace Treewarden
