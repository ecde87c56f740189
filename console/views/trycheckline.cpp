// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/trycheckline.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/views/healthicon.h"
#include "console/views/tonedlabel.h"
#include "shared/fleet/reasontext.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

TryCheckLine::TryCheckLine(ActionCentre &centre, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
    , m_check(centre)
    , m_button(new QPushButton(tr("Try this check now")))
    , m_icon(new HealthIcon(14))
    , m_sentence(new TonedLabel({}, TonedLabel::Tone::Secondary))
{
    m_button->setObjectName(u"tryCheck"_s);
    m_sentence->setObjectName(u"tryAnswer"_s);
    m_sentence->setWordWrap(true);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 6, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_button, 0, Qt::AlignTop);
    line->addWidget(m_icon);
    line->addWidget(m_sentence, 1);
    connect(m_button, &QPushButton::clicked, this, &TryCheckLine::ask);
    connect(&m_check, &TryCheck::changed, this, &TryCheckLine::showAnswer);
    showAnswer();
}

void TryCheckLine::setSession(const std::shared_ptr<ConfigSession> &session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_check.forget();
    if (m_session)
        connect(m_session.get(), &ConfigSession::checked, this, &TryCheckLine::showAnswer);
}

void TryCheckLine::setEntry(const QStringList &entry)
{
    if (entry == m_entry)
        return;
    m_entry = entry;
    m_check.forget();
}

QString TryCheckLine::server() const
{
    if (!m_session || m_entry.size() != 3)
        return {};
    for (const int target : m_session->targets()) {
        const ConfigDraft &draft = m_session->drafts()[target];
        const JsonOutline *outline = draft.outline();
        if (outline && outline->find(m_entry) >= 0)
            return draft.ip;
    }
    return {};
}

void TryCheckLine::ask()
{
    const QString ip = server();
    if (ip.isEmpty())
        return;
    const ServiceId service{m_entry[1], m_entry[2]};
    m_check.await(ip, service);
    Q_EMIT actionRequested(u"refresh"_s, ActionScope{{{ip, service}}, {}, {}});
}

void TryCheckLine::showAnswer()
{
    const QString ip = server();
    const QString whyNot = ip.isEmpty()
        ? QString()
        : TryCheck::whyNot(*m_session, ip, {m_entry.value(1), m_entry.value(2)});
    m_button->setEnabled(!ip.isEmpty() && whyNot.isEmpty() && !m_check.isAsking());
    const TryCheck::Answer &answer = m_check.answer();
    m_icon->setVisible(whyNot.isEmpty() && answer.health.has_value());
    if (answer.health)
        m_icon->setHealth(*answer.health);
    if (!whyNot.isEmpty())
        m_sentence->setText(whyNot);
    else if (m_check.isAsking())
        m_sentence->setText(tr("The agent is looking…"));
    else if (answer.sentence.isEmpty() || m_session->targets().size() == 1)
        m_sentence->setText(answer.sentence);
    else
        m_sentence->setText(tr("%1: %2", "server, what its agent says")
                                .arg(serverText(m_centre.source().state(), ip), answer.sentence));
}

} // namespace Treewarden
