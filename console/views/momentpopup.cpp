// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/momentpopup.h"

#include "console/models/pasttext.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

MomentPopup::MomentPopup(qint64 now, qint64 moment, QWidget *parent)
    : QDialog(parent)
    , m_now(now)
    , m_words(
          new QLineEdit(QDateTime::fromMSecsSinceEpoch(moment).toString(u"yyyy-MM-dd HH:mm:ss"_s)))
    , m_understood(new TonedLabel({}, TonedLabel::Tone::Secondary))
    , m_go(new QPushButton(tr("Go there")))
{
    setWindowTitle(tr("Go to time"));
    auto *label = new TonedLabel(tr("&Which moment?"));
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(m_words);
    m_words->setMaxLength(64);
    m_words->setTextMargins(6, 0, 6, 0);
    m_words->selectAll();
    m_words->setPlaceholderText(tr("03:12, yesterday 03:12, 2h ago"));
    auto *help = new TonedLabel(
        tr("Write 03:12, yesterday 03:12, 2023-11-22 03:12, 2h ago or 90 min ago."),
        TonedLabel::Tone::Caption, TextSize::small);
    help->setWordWrap(true);
    m_understood->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_go, QDialogButtonBox::AcceptRole);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false); // Enter is no way out
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    for (QWidget *widget : {static_cast<QWidget *>(label), static_cast<QWidget *>(m_words),
                            static_cast<QWidget *>(m_understood), static_cast<QWidget *>(help)})
        column->addWidget(widget);
    column->addSpacing(8);
    column->addWidget(buttons);
    m_go->setDefault(true); // now that it is in the dialog: else it would not stay the default
    setMinimumWidth(420);
    connect(m_words, &QLineEdit::textChanged, this, &MomentPopup::showUnderstood);
    connect(buttons, &QDialogButtonBox::accepted, this, &MomentPopup::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showUnderstood();
}

void MomentPopup::showUnderstood()
{
    m_moment = parseMoment(m_words->text(), m_now);
    const bool isAhead = m_moment && *m_moment > m_now;
    m_go->setEnabled(m_moment && !isAhead);
    if (!m_moment)
        m_understood->setText(tr("That is no moment yet."));
    else if (isAhead)
        m_understood->setText(tr("%1 has not come yet.").arg(longMomentText(*m_moment)));
    else
        m_understood->setText(
            tr("%1, %2 ago").arg(longMomentText(*m_moment), formatDuration(m_now - *m_moment)));
    m_words->setAccessibleDescription(m_understood->text());
}

void MomentPopup::choose()
{
    if (!m_moment || *m_moment > m_now)
        return;
    Q_EMIT chosen(*m_moment);
    accept();
}

} // namespace Treewarden
