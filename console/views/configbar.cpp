// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/configbar.h"

#include "console/models/fleetsource.h"
#include "console/views/linkbutton.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "shared/fleet/reasontext.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

ConfigBar::ConfigBar(QWidget *parent)
    : QWidget(parent)
    , m_changes(new TonedLabel)
    , m_errors(new LinkButton)
    , m_undo(new QPushButton(tr("Undo")))
    , m_redo(new QPushButton(tr("Redo")))
    , m_discard(new QPushButton(tr("Discard")))
    , m_difference(new QPushButton(tr("Difference")))
    , m_history(new QPushButton(tr("History")))
    , m_save(new QPushButton(tr("Sign and save…")))
{
    m_changes->setObjectName(u"configChanges"_s);
    m_errors->setObjectName(u"configErrors"_s);
    m_save->setObjectName(u"configSave"_s);
    m_difference->setObjectName(u"difference"_s);
    m_history->setObjectName(u"history"_s);
    setEmphasis(m_save, Emphasis::Primary);
    m_save->setToolTip(tr("Ctrl+S"));
    m_undo->setToolTip(tr("Ctrl+Z"));
    m_redo->setToolTip(tr("Ctrl+Shift+Z"));
    m_discard->setToolTip(tr("Takes all changes back; undo brings them again."));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_changes);
    line->addWidget(m_errors);
    line->addStretch(1);
    for (QPushButton *button : {m_undo, m_redo, m_discard, m_difference, m_history, m_save})
        line->addWidget(button);
    connect(m_errors, &QAbstractButton::clicked, this, &ConfigBar::goToError);
    connect(m_undo, &QPushButton::clicked, this, [this] { m_session->undoStack().undo(); });
    connect(m_redo, &QPushButton::clicked, this, [this] { m_session->undoStack().redo(); });
    connect(m_discard, &QPushButton::clicked, this, [this] { m_session->revert(); });
    connect(m_difference, &QPushButton::clicked, this, &ConfigBar::differenceRequested);
    connect(m_history, &QPushButton::clicked, this, &ConfigBar::historyRequested);
    connect(m_save, &QPushButton::clicked, this, &ConfigBar::saveRequested);
    showState();
}

void ConfigBar::setSession(const std::shared_ptr<ConfigSession> &session)
{
    if (m_session) {
        m_session->disconnect(this);
        m_session->undoStack().disconnect(this);
    }
    m_session = session;
    if (m_session) {
        connect(m_session.get(), &ConfigSession::checked, this, &ConfigBar::showState);
        connect(m_session.get(), &ConfigSession::standingChanged, this, &ConfigBar::showState);
        connect(&m_session->undoStack(), &QUndoStack::indexChanged, this, &ConfigBar::showState);
    }
    showState();
}

void ConfigBar::setShown(bool isDifference, bool isHistory)
{
    m_difference->setText(isDifference ? tr("Back") : tr("Difference"));
    m_history->setText(isHistory ? tr("Back") : tr("History"));
    m_isDifference = isDifference;
    showState();
}

void ConfigBar::showState()
{
    const int changes = m_session ? m_session->changeCount() : 0;
    m_changes->setText(changes == 0       ? tr("No changes")
                           : changes == 1 ? tr("1 change")
                                          : tr("%1 changes").arg(locale().toString(changes)));
    m_changes->setTone(changes == 0 ? TonedLabel::Tone::Caption : TonedLabel::Tone::Text);
    const bool isOne = m_session && m_session->drafts().size() == 1;
    m_undo->setEnabled(m_session && m_session->undoStack().canUndo());
    m_redo->setEnabled(m_session && m_session->undoStack().canRedo());
    m_discard->setEnabled(changes > 0);
    m_difference->setEnabled(changes > 0 || m_isDifference);
    m_history->setVisible(isOne);
    m_save->setEnabled(changes > 0 && m_session->errorCount() == 0
                       && m_session->conflictCount() == 0);
    showErrors();
}

/// "1 error at line 14"; of several servers also whose.
void ConfigBar::showErrors()
{
    const int errors = m_session ? m_session->errorCount() : 0;
    m_errors->setVisible(errors > 0);
    if (errors == 0)
        return;
    for (const ConfigDraft &draft : m_session->drafts()) {
        for (const PlacedIssue &issue : draft.issues) {
            if (!issue.isError())
                continue;
            const QString place = m_session->drafts().size() == 1
                ? tr("at line %1").arg(issue.line)
                : tr("at line %1 of %2")
                      .arg(issue.line)
                      .arg(serverText(m_session->source().state(), draft.ip));
            m_errors->setText(errors == 1 ? tr("1 error %1", "place").arg(place)
                                          : tr("%1 errors, the first %2", "count, place")
                                                .arg(locale().toString(errors), place));
            m_errors->setAccessibleDescription(issue.issue.line().left(300));
            m_errors->setToolTip(issue.issue.line().left(300).toHtmlEscaped());
            m_errors->updateGeometry();
            return;
        }
    }
}

void ConfigBar::goToError()
{
    for (const ConfigDraft &draft : m_session->drafts()) {
        for (const PlacedIssue &issue : draft.issues) {
            if (issue.isError()) {
                Q_EMIT errorRequested(draft.ip, issue.line);
                return;
            }
        }
    }
}

} // namespace Treewarden
