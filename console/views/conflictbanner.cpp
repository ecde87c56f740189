// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/conflictbanner.h"

#include "console/models/fleetsource.h"
#include "console/views/healthicon.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"

#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostRows = 4;

bool needsWords(const ConfigDraft &draft)
{
    return draft.standing == ConfigDraft::Standing::Conflict
        || (draft.standing == ConfigDraft::Standing::Missing && draft.isChanged());
}

} // namespace

ConflictBanner::ConflictBanner(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(16, 8, 12, 8);
    m_column->setSpacing(6);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hide();
}

void ConflictBanner::setSession(const std::shared_ptr<ConfigSession> &session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (m_session)
        connect(m_session.get(), &ConfigSession::standingChanged, this, &ConflictBanner::rebuild);
    m_shown.clear();
    rebuild();
}

void ConflictBanner::rebuild()
{
    QStringList shown;
    QList<const ConfigDraft *> drafts;
    if (m_session) {
        for (const ConfigDraft &draft : m_session->drafts()) {
            if (!needsWords(draft) || drafts.size() >= mostRows)
                continue;
            drafts << &draft;
            shown << draft.ip + u' ' + QString::number(draft.other.version)
                    + QString::number(int(draft.standing));
        }
    }
    setVisible(!drafts.isEmpty());
    if (shown == m_shown)
        return;
    m_shown = shown;
    qDeleteAll(findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    for (const ConfigDraft *draft : drafts)
        addRow(*draft);
}

void ConflictBanner::addRow(const ConfigDraft &draft)
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto *icon = new HealthIcon(14);
    icon->setHealth(Health::Degraded);
    const QString server = serverText(m_session->source().state(), draft.ip);
    const bool isGone = draft.standing == ConfigDraft::Standing::Missing;
    auto *sentence = new TonedLabel(
        isGone ? draft.trouble
            : draft.other.by.isEmpty()
            ? tr("Somebody saved version %1 of %2 meanwhile. Your changes are kept here.")
                  .arg(draft.other.version)
                  .arg(server)
            : tr("%1 saved version %2 of %3 meanwhile. Your changes are kept here.")
                  .arg(oneLine(draft.other.by, 80))
                  .arg(draft.other.version)
                  .arg(server));
    sentence->setWordWrap(true);
    line->addWidget(icon);
    line->addWidget(sentence, 1);
    if (!isGone) {
        auto *compare = new QPushButton(tr("Compare"));
        auto *onTop = new QPushButton(tr("Put mine on top"));
        auto *discard = new QPushButton(tr("Discard mine"));
        const QString ip = draft.ip;
        connect(compare, &QPushButton::clicked, this, [this, ip] { Q_EMIT compareRequested(ip); });
        // Queued: the row goes with the answer.
        connect(
            onTop, &QPushButton::clicked, m_session.get(),
            [session = m_session.get(), ip] { session->putOnTop(ip); }, Qt::QueuedConnection);
        connect(
            discard, &QPushButton::clicked, m_session.get(),
            [session = m_session.get(), ip] { session->discard(ip); }, Qt::QueuedConnection);
        for (QPushButton *button : {compare, onTop, discard})
            line->addWidget(button);
    }
    m_column->addWidget(row);
    row->show();
}

void ConflictBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.warnTint);
    painter.drawRoundedRect(rect(), 6, 6);
}

} // namespace Treewarden
