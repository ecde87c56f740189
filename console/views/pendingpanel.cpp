// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/pendingpanel.h"

#include "console/models/fleetsource.h"
#include "console/views/tonedlabel.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostShown = 3;

} // namespace

PendingPanel::PendingPanel(FleetSource &source, Accepting accepting, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_accepting(accepting)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(16, 10, 12, 10);
    m_column->setSpacing(6);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&source, &FleetSource::pendingChanged, this, &PendingPanel::rebuild);
    connect(&source, &FleetSource::reset, this, &PendingPanel::rebuild);
    rebuild();
}

void PendingPanel::rebuild()
{
    qDeleteAll(findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    while (QLayoutItem *item = m_column->takeAt(0)) {
        delete item->layout();
        delete item;
    }
    const QList<PendingServer> &pending = m_source.state().pending;
    setVisible(!pending.isEmpty());
    if (pending.isEmpty())
        return;
    if (pending.size() > 1)
        addHead(pending);
    for (const PendingServer &server : pending.first(qMin(mostShown, pending.size())))
        addServer(server, pending.size() == 1);
    if (pending.size() > mostShown && m_accepting == Accepting::Command)
        m_column->addWidget(new TonedLabel(tr("The others are listed by: treewarden pending"),
                                           TonedLabel::Tone::Secondary));
}

void PendingPanel::addHead(const QList<PendingServer> &pending)
{
    auto *head = new QWidget(this);
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(
        new TonedLabel(tr("%1 servers ask to be enrolled").arg(locale().toString(pending.size())),
                       TonedLabel::Tone::Text, TextSize::body, true));
    line->addStretch(1);
    if (m_accepting == Accepting::Button) {
        QStringList ips;
        for (const PendingServer &server : pending)
            ips << server.ip;
        auto *all = new QPushButton(tr("Look at all %1…").arg(locale().toString(ips.size())));
        connect(all, &QPushButton::clicked, this, [this, ips] { Q_EMIT acceptRequested(ips); });
        line->addWidget(all);
    }
    m_column->addWidget(head);
}

void PendingPanel::addServer(const PendingServer &server, bool isOnly)
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    if (isOnly)
        line->addWidget(new TonedLabel(tr("1 server asks to be enrolled"), TonedLabel::Tone::Text,
                                       TextSize::body, true));
    const QString name = oneLine(server.hostname, 100);
    auto *who = new TonedLabel(name.isEmpty() ? server.ip : tr("%1 (%2)").arg(name, server.ip));
    who->setMinimumWidth(100); // a name of any length may not widen the window
    line->addWidget(who);
    if (const qint64 removed = jsonInteger(server.json[u"removed"_s]).value_or(0); removed > 0)
        line->addWidget(
            new TonedLabel(tr("was removed on %1")
                               .arg(locale().toString(QDateTime::fromMSecsSinceEpoch(removed),
                                                      QLocale::ShortFormat)),
                           TonedLabel::Tone::Secondary));
    if (m_accepting == Accepting::Button)
        addButton(line, server);
    else
        addCommand(line, server);
    m_column->addWidget(row);
}

void PendingPanel::addButton(QHBoxLayout *line, const PendingServer &server)
{
    qsizetype found = 0;
    const QJsonObject services = server.json[u"services"_s].toObject();
    for (const auto &instances : services)
        found += instances.toObject().size();
    line->addWidget(
        new TonedLabel(found == 1 ? tr("1 service found") : tr("%1 services found").arg(found),
                       TonedLabel::Tone::Secondary));
    auto *accept = new QPushButton(tr("Accept…"));
    accept->setAccessibleName(tr("Accept %1").arg(server.ip));
    accept->setObjectName(u"accept-"_s + server.ip);
    connect(accept, &QPushButton::clicked, this,
            [this, ip = server.ip] { Q_EMIT acceptRequested({ip}); });
    line->addStretch(1);
    line->addWidget(accept);
}

void PendingPanel::addCommand(QHBoxLayout *line, const PendingServer &server)
{
    line->addWidget(new TonedLabel(tr("Enrol it in a terminal with"), TonedLabel::Tone::Secondary));
    const QString command = u"treewarden enrol %1"_s.arg(server.ip);
    auto *words = new TonedLabel(command);
    words->setFont(monoFont());
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    line->addWidget(words);
    auto *copy = new QPushButton(tr("Copy"));
    copy->setAccessibleName(tr("Copy the command for %1").arg(server.ip));
    connect(copy, &QPushButton::clicked, this,
            [command] { QGuiApplication::clipboard()->setText(command); });
    line->addStretch(1);
    line->addWidget(copy);
}

void PendingPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    painter.setBrush(theme.surface);
    painter.setPen(theme.line2);
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), 6, 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(QRectF(0, 0, 4, height()), 2, 2);
}

} // namespace Treewarden
