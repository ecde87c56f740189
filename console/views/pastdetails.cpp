// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/pastdetails.h"

#include "console/models/pastgaps.h"
#include "console/views/tonedlabel.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int widestDetails = 460, detailsGap = 12;

} // namespace

PastDetails::PastDetails(const PastKnowledge &known, QWidget *parent)
    : PopupFrame(tr("What is known of this moment"), parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 14);
    column->setSpacing(4);
    QStringList said;
    const std::pair<QString, QStringList> groups[] = {{tr("As it was then"), known.asThen},
                                                      {tr("Not known"), known.unknown},
                                                      {tr("As it is now"), known.asNow}};
    for (const auto &[title, sentences] : groups) {
        if (sentences.isEmpty())
            continue;
        if (column->count() > 0)
            column->addSpacing(detailsGap);
        column->addWidget(new TonedLabel(title, TonedLabel::Tone::Text, TextSize::body, true));
        for (const QString &sentence : sentences) {
            auto *label = new TonedLabel(sentence, TonedLabel::Tone::Secondary);
            label->setWordWrap(true);
            label->setMinimumWidth(
                qMin(widestDetails, label->fontMetrics().horizontalAdvance(sentence) + 1));
            column->addWidget(label);
        }
        said << title + u": "_s + sentences.join(u' ');
    }
    setMaximumWidth(widestDetails + 32);
    setAccessibleDescription(said.join(u' '));
}

void PastDetails::keyPressEvent(QKeyEvent *event)
{
    const bool closes = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (closes)
        close();
    else
        PopupFrame::keyPressEvent(event);
}

} // namespace Treewarden
