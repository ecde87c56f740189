// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/statebar.h"

#include "console/models/actioncentre.h"
#include "console/models/examplesource.h"
#include "console/models/fleetsource.h"
#include "console/views/actingline.h"
#include "console/views/healthicon.h"
#include "console/views/linkbutton.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

StateBar::StateBar(FleetSource &source, ActionCentre *actions, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_icon(new HealthIcon(12))
    , m_state(new TonedLabel({}, TonedLabel::Tone::Secondary, TextSize::small))
    , m_rate(new TonedLabel({}, TonedLabel::Tone::Secondary, TextSize::small))
    , m_agents(new TonedLabel({}, TonedLabel::Tone::Secondary, TextSize::small))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 12, 0);
    row->setSpacing(4);
    row->addWidget(m_icon);
    row->addWidget(m_state);
    row->addSpacing(12);
    row->addWidget(m_rate);
    row->addSpacing(12);
    row->addWidget(m_agents);
    row->addStretch(1);
    if (actions)
        addActing(*actions);
    setFixedHeight(qMax(24, QFontMetrics(uiFont(TextSize::small)).height() + 6));
    setAccessibleName(tr("Connection"));
    connect(&m_source, &FleetSource::liveChanged, this, &StateBar::refresh);
    connect(&m_source, &FleetSource::reset, this, &StateBar::refresh);
    connect(&m_source, &FleetSource::momentChanged, this, &StateBar::refresh);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        countMessages();
        refresh();
    });
    m_timer.start(1s);
    refresh();
}

/// At the right: who acts now, and whose key signs what is done here.
void StateBar::addActing(ActionCentre &actions)
{
    auto *row = static_cast<QHBoxLayout *>(layout());
    auto *key = new LinkButton;
    row->addWidget(new ActingLine(actions, this, TextSize::small));
    row->addSpacing(12);
    row->addWidget(key);
    const auto showKey = [&actions, key] {
        const KeyRing &keys = actions.keys();
        key->setText(keys.isUnlocked() ? tr("Key: %1").arg(keys.name()) : tr("Key locked"));
        key->setToolTip(keys.isUnlocked() ? tr("Lock the key") : tr("Unlock your signing key"));
        key->updateGeometry();
        key->update();
    };
    connect(&actions.keys(), &KeyRing::changed, key, showKey);
    connect(key, &QAbstractButton::clicked, this, [this, &actions] {
        if (actions.keys().isUnlocked())
            actions.keys().lock();
        else
            Q_EMIT keyRequested();
    });
    showKey();
}

void StateBar::add(QWidget *widget)
{
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->addSpacing(12);
    row->addWidget(widget);
}

QString StateBar::text() const
{
    return m_state->text();
}

void StateBar::countMessages()
{
    const qint64 now = m_source.now(), count = m_source.messageCount();
    if (m_countedAt && now > m_countedAt)
        m_perSecond = 0.5 * m_perSecond
            + 0.5 * double(qMax<qint64>(0, count - m_counted)) * 1000 / double(now - m_countedAt);
    m_countedAt = now;
    m_counted = count;
}

void StateBar::showPast()
{
    m_state->setTone(TonedLabel::Tone::Past);
    const QString clock = QDateTime::fromMSecsSinceEpoch(m_source.moment()).toString(u"HH:mm:ss"_s);
    const QString trouble = m_source.trouble();
    m_state->setText(
        trouble.isEmpty()
            ? tr("State of %1 from events and history. Redis is connected; live goes on in the "
                 "background.")
                  .arg(clock)
            : tr("State of %1 as far as it was read. %2").arg(clock, oneLine(trouble, 200)));
}

void StateBar::refresh()
{
    const QString address = m_source.address();
    const bool isLive = m_source.isLive();
    const bool isPast = m_source.isPast();
    m_rate->setVisible(isLive && !isPast);
    m_agents->setVisible(isLive && !isPast);
    m_icon->setVisible(!isPast);
    if (isPast) {
        showPast();
    } else if (address.isEmpty()) {
        m_icon->setStale();
        m_state->setTone(TonedLabel::Tone::Secondary);
        m_state->setText(tr("Not connected: no Redis is configured"));
    } else if (ExampleSource::isExample(address)) {
        m_icon->setHealth(Health::Alive);
        m_state->setText(tr("Example: not connected to anything"));
        m_rate->hide();
    } else if (isLive) {
        m_icon->setHealth(Health::Alive);
        m_state->setTone(TonedLabel::Tone::Secondary);
        m_state->setText(tr("Redis %1").arg(shortAddress(address)));
        m_rate->setText(
            tr("%1 messages/s").arg(locale().toString(m_perSecond, 'f', m_perSecond < 10 ? 1 : 0)));
        m_agents->setText(serverCountText(int(m_source.state().servers.size())));
    } else {
        m_icon->setHealth(Health::Degraded);
        m_state->setHealth(Health::Degraded);
        QStringList parts;
        if (const qint64 wait = m_source.retryIn(); wait > 0)
            parts << tr("reconnecting in %1 s").arg((wait + 999) / 1000);
        else
            parts << tr("connecting");
        if (m_source.hasState() && m_source.staleSince())
            parts << tr("stale since %1")
                         .arg(QDateTime::fromMSecsSinceEpoch(m_source.staleSince())
                                  .toString(u"HH:mm:ss"_s));
        m_state->setText(tr("Redis %1: %2").arg(shortAddress(address), parts.join(tr(", "))));
    }
    setAccessibleDescription(m_state->text());
}

void StateBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, themeOf(this).line);
}

void StateBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace Treewarden
