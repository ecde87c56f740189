// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/actionstrip.h"

#include "console/models/actioncentre.h"
#include "console/models/actiontext.h"
#include "console/models/fleetsource.h"
#include "console/views/healthicon.h"
#include "console/views/linkbutton.h"
#include "console/views/progressicon.h"
#include "console/views/tonedlabel.h"
#include "shared/fleet/reasontext.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostLines = 3;

} // namespace

struct ActionStrip::Line
{
    QString text;
    std::optional<Health> health;
    bool isOver = true;
};

ActionStrip::ActionStrip(ActionCentre &centre, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
    , m_grid(new QGridLayout)
    , m_more(new TonedLabel({}, TonedLabel::Tone::Caption))
    , m_copyLine(new LinkButton(tr("Copy the key's line")))
    , m_buttons(new QWidget)
{
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    for (int row = 0; row < mostLines; ++row) {
        auto *icon = new ProgressIcon(14);
        auto *text = new TonedLabel;
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_icons << icon;
        m_texts << text;
        m_frames << levelled(icon);
        m_grid->addWidget(m_frames.last(), row, 0, Qt::AlignTop);
        m_grid->addWidget(text, row, 1);
    }
    m_grid->addWidget(m_more, mostLines, 1);
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(16);
    auto *commands = new LinkButton(tr("All commands"));
    auto *dismissAll = new LinkButton(tr("Dismiss"));
    m_copyLine->setToolTip(
        tr("The line for /etc/treewarden/trusted-keys of a server that should trust this key."));
    for (LinkButton *button : {m_copyLine, commands, dismissAll})
        buttons->addWidget(button);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(20, 9, 20, 9);
    row->setSpacing(16);
    row->addLayout(m_grid, 1);
    row->addWidget(m_buttons, 0, Qt::AlignTop);
    setAccessibleName(tr("Actions sent from here"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_calm.setSingleShot(true);
    m_calm.setInterval(8s);
    connect(commands, &QAbstractButton::clicked, this, &ActionStrip::commandsRequested);
    connect(dismissAll, &QAbstractButton::clicked, this, &ActionStrip::dismiss);
    connect(m_copyLine, &QAbstractButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_centre.keys().trustedLine()); });
    connect(&centre, &ActionCentre::sentChanged, this, &ActionStrip::refresh);
    connect(&centre, &ActionCentre::rowEnded, this, &ActionStrip::say);
    connect(&centre.keys(), &KeyRing::changed, this, &ActionStrip::refresh);
    connect(&m_calm, &QTimer::timeout, this, [this] {
        if (underMouse() || isAncestorOf(focusWidget()))
            m_calm.start();
        else
            dismiss();
    });
    refresh();
}

void ActionStrip::say(const QString &sentence)
{
    m_sentence = sentence;
    refresh();
}

void ActionStrip::dismiss()
{
    m_sentence.clear();
    m_centre.dismissOver();
}

/// Oldest first; what failed or is under way before what is well.
QList<ActionStrip::Line> ActionStrip::lines() const
{
    QList<Line> lines;
    for (const ActionCentre::Sent &sent : m_centre.sent())
        lines.prepend({tr("%1: %2", "an action, what became of it")
                           .arg(actionPhrase(m_centre.source().state(), {sent.order}),
                                progressText(sent.progress)),
                       progressHealth(sent.progress), sent.isOver()});
    std::stable_partition(lines.begin(), lines.end(),
                          [](const Line &line) { return line.health == Health::Alive; });
    if (!m_sentence.isEmpty())
        lines.append({m_sentence, Health::Degraded, true});
    return lines;
}

void ActionStrip::show(int row, const Line &line)
{
    m_icons[row]->setHealth(line.health);
    m_texts[row]->setText(line.text);
}

void ActionStrip::refresh()
{
    const QList<Line> all = lines();
    const QList<Line> shown = all.mid(qMax<qsizetype>(0, all.size() - mostLines));
    for (int row = 0; row < mostLines; ++row) {
        const bool isUsed = row < shown.size();
        m_frames[row]->setVisible(isUsed);
        m_texts[row]->setVisible(isUsed);
        if (isUsed)
            show(row, shown[row]);
    }
    const qsizetype hidden = all.size() - shown.size() + m_centre.waitingCount();
    m_more->setText(tr("%1 more").arg(hidden));
    m_more->setVisible(hidden > 0);
    const auto &sent = m_centre.sent();
    m_copyLine->setVisible(m_centre.keys().isUnlocked()
                           && std::any_of(sent.begin(), sent.end(), [](const auto &one) {
                                  return !one.progress.isKeyKnown;
                              }));
    setVisible(!all.isEmpty());
    const bool isCalm = !all.isEmpty() && std::all_of(all.begin(), all.end(), [](const Line &line) {
        return line.isOver && line.health == Health::Alive;
    });
    if (!isCalm)
        m_calm.stop();
    else if (!m_calm.isActive())
        m_calm.start();
    if (!all.isEmpty())
        tellScreenReader(all.last().text);
}

void ActionStrip::tellScreenReader(const QString &text)
{
    if (text == m_told)
        return;
    m_told = text;
    setAccessibleDescription(text); // tells that it changed
    Q_EMIT told(text);
}

QStringList ActionStrip::texts() const
{
    QStringList texts;
    for (const Line &line : lines())
        texts << line.text;
    return texts;
}

void ActionStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(0, 0, width(), 1, theme.line);
}

} // namespace Treewarden
