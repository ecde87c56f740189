// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/commanddetails.h"

#include "console/models/actioncentre.h"
#include "console/models/actiontext.h"
#include "console/models/fleetsource.h"
#include "console/views/detailstext.h"
#include "shared/core/textformat.h"

#include <QClipboard>
#include <QDateTime>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

using DetailLine = DetailsText::Line;

QString stepTime(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
}

} // namespace

CommandDetails::CommandDetails(ActionCentre &centre, QWidget *parent)
    : Card(parent)
    , m_centre(centre)
    , m_text(new DetailsText)
    , m_buttons(new QWidget)
    , m_repeat(new QPushButton(tr("Repeat…")))
    , m_server(new QPushButton(tr("Open server")))
    , m_copy(new QPushButton(tr("Copy")))
{
    column()->setContentsMargins(16, 14, 8, 14);
    column()->setSpacing(12);
    auto *grid = new QGridLayout(m_buttons);
    grid->setContentsMargins(0, 0, 8, 0);
    grid->setSpacing(8);
    grid->addWidget(m_repeat, 0, 0);
    grid->addWidget(m_server, 0, 1);
    grid->addWidget(m_copy, 1, 0);
    column()->addWidget(m_text, 1);
    column()->addWidget(m_buttons);
    m_text->setAccessibleName(tr("The command in full"));
    connect(m_repeat, &QPushButton::clicked, this,
            [this] { Q_EMIT actionRequested(m_record->newest.action, scope()); });
    connect(m_server, &QPushButton::clicked, this,
            [this] { Q_EMIT serverChosen(m_record->newest.ip); });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(&centre, &ActionCentre::choicesChanged, this, &CommandDetails::showChoices);
    show(nullptr);
}

ActionScope CommandDetails::scope() const
{
    ActionScope target;
    target.places.append({m_record->newest.ip, m_record->newest.service});
    return target;
}

void CommandDetails::show(const CommandLog::Record *record)
{
    m_record = record ? std::optional(*record) : std::nullopt;
    m_buttons->setVisible(record);
    if (!record) {
        m_text->setLines(
            {{DetailLine::Kind::Text, {}, tr("Choose a command to read what became of it."), {}}});
        return;
    }
    showText();
    showChoices();
}

/// It is asked for like any other: confirmed, signed, and only where it can be done now.
void CommandDetails::showChoices()
{
    if (!m_record || !isVisible())
        return;
    const ActionChoice choice = m_centre.choice(scope(), m_record->newest.action);
    m_repeat->setEnabled(choice.isPossible());
    m_repeat->setToolTip(choice.whyNot.toHtmlEscaped());
    m_server->setEnabled(m_centre.source().state().servers.contains(m_record->newest.ip));
}

void CommandDetails::showText()
{
    const CommandMessage &command = m_record->newest;
    QList<DetailLine> lines{{DetailLine::Kind::Title,
                             {},
                             actionPhrase(m_centre.source().state(), {m_record->order()}),
                             {}}};
    const auto fact
        = [&lines](const QString &name, const QString &value, std::optional<Health> health = {}) {
              if (!value.isEmpty())
                  lines.append({DetailLine::Kind::Fact, name, value, health});
          };
    if (!command.detail.isEmpty())
        lines.append({DetailLine::Kind::Text, {}, oneLine(command.detail, 2000), {}});
    fact(tr("State"), outcomeText(command.state), outcomeHealth(command.state));
    fact(tr("Who"),
         command.schedule.isEmpty() ? oneLine(command.by, 64)
                                    : tr("schedule %1").arg(oneLine(command.schedule, 64)));
    fact(tr("Why"), oneLine(command.reason, 500));
    fact(tr("Server"), oneLine(command.ip, 64));
    fact(tr("Took"), m_record->took > 0 ? spentText(m_record->took) : QString());
    lines.append({DetailLine::Kind::Section, {}, tr("What was told"), {}});
    for (const CommandLog::Step &step : m_record->steps) {
        const bool isCheck
            = step.state == CommandState::Verified || step.state == CommandState::Unverified;
        QStringList words{stepTime(step.time)};
        if (step.took > 0)
            words << (isCheck ? tr("after %1") : tr("took %1")).arg(spentText(step.took));
        if (step.exit)
            words << tr("exit %1").arg(*step.exit);
        if (!step.detail.isEmpty() && step.detail != command.detail)
            words << oneLine(step.detail, 500);
        fact(outcomeText(step.state), words.join(u", "_s));
    }
    lines.append({DetailLine::Kind::Section, {}, tr("Proof"), {}});
    fact(tr("Key"), oneLine(command.key, 128));
    fact(tr("Number"), oneLine(command.id, 64));
    m_text->setLines(lines);
}

} // namespace Treewarden
