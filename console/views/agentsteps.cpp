// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/agentsteps.h"

#include "console/views/tonedlabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

AgentSteps::AgentSteps(const QString &address, QWidget *parent)
    : QWidget(parent)
{
    const QString redis = address.isEmpty() ? u"redis://HOST:6379/0"_s : address;
    const std::pair<QString, QString> lines[] = {
        {tr("1. Install the agent on a server and start it; it asks to be enrolled."),
         u"treewarden-agent --redis %1 --enrol"_s.arg(redis)},
        {tr("2. See who asks."), u"treewarden pending"_s},
        {tr("3. Enrol it; it appears here at once."), u"treewarden enrol IP"_s},
    };
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(
        new TonedLabel(tr("The first server"), TonedLabel::Tone::Text, TextSize::problem, true));
    for (const auto &[text, command] : lines) {
        auto *words = new TonedLabel(text);
        words->setWordWrap(true);
        column->addSpacing(6);
        column->addWidget(words);
        column->addWidget(makeCommand(command));
    }
}

QWidget *AgentSteps::makeCommand(const QString &command)
{
    auto *words = new TonedLabel(command, TonedLabel::Tone::Secondary);
    words->setFont(monoFont());
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    words->setMinimumWidth(60);
    auto *copy = new QPushButton(tr("Copy"));
    copy->setAutoDefault(false);
    copy->setAccessibleName(tr("Copy: %1").arg(command));
    connect(copy, &QPushButton::clicked, this,
            [command] { QGuiApplication::clipboard()->setText(command); });
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(14, 0, 0, 0);
    line->setSpacing(12);
    line->addWidget(words, 1);
    line->addWidget(copy);
    return row;
}

} // namespace Treewarden
