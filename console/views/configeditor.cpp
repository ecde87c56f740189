// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/configeditor.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/views/configbar.h"
#include "console/views/configformview.h"
#include "console/views/conflictbanner.h"
#include "console/views/differencepanel.h"
#include "console/views/emptystate.h"
#include "console/views/historypanel.h"
#include "console/views/jsoneditor.h"
#include "console/views/jsonpanel.h"
#include "console/views/pagetabs.h"
#include "console/views/trycheckline.h"
#include "shared/core/textformat.h"

#include <QComboBox>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

const QStringList &sectionFields()
{
    static const QStringList names{u"services"_s, u"controlled"_s, u"schedule"_s,
                                   u"logs"_s,     u"alerts"_s,     u"intervals"_s};
    return names;
}

} // namespace

ConfigEditor::ConfigEditor(ActionCentre &centre, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
    , m_target(new QComboBox)
    , m_sections(new PageTabs({tr("Services"), tr("Controlled"), tr("Schedule"), tr("Logs"),
                               tr("Alerts"), tr("Intervals")}))
    , m_view(new SegmentedChoice({tr("Form"), tr("JSON")}))
    , m_conflicts(new ConflictBanner)
    , m_content(new QStackedWidget)
    , m_form(new ConfigFormView)
    , m_json(new JsonPanel)
    , m_difference(new DifferencePanel)
    , m_history(new HistoryPanel(centre.source()))
    , m_try(new TryCheckLine(centre))
    , m_nothing(new EmptyState)
    , m_bar(new ConfigBar)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 10, 20, 12);
    column->setSpacing(10);
    column->addWidget(makeHead());
    column->addWidget(m_conflicts);
    column->addWidget(m_content, 1);
    column->addWidget(m_bar);
    m_form->setTryLine(m_try);
    for (QWidget *part : {static_cast<QWidget *>(m_form), static_cast<QWidget *>(m_json),
                          static_cast<QWidget *>(m_difference), static_cast<QWidget *>(m_history),
                          static_cast<QWidget *>(m_nothing)})
        m_content->addWidget(part);
    connectParts();
    addShortcuts();
    showContent();
}

QWidget *ConfigEditor::makeHead()
{
    auto *head = new QWidget;
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    m_target->setAccessibleName(tr("Servers that are edited"));
    m_target->setObjectName(u"configTarget"_s);
    m_target->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_sections->setObjectName(u"configSections"_s);
    m_sections->setAccessibleName(tr("Part of the configuration"));
    m_view->setObjectName(u"configView"_s);
    m_view->setAccessibleName(tr("Form or JSON"));
    line->addWidget(m_target);
    line->addWidget(m_sections);
    line->addStretch(1);
    line->addWidget(m_view);
    return head;
}

void ConfigEditor::connectParts()
{
    connect(m_target, &QComboBox::activated, this, [this](int index) {
        if (m_session)
            m_session->setFocus(index - 1);
    });
    connect(m_sections, &QTabBar::currentChanged, this, &ConfigEditor::showSection);
    connect(m_view, &QTabBar::currentChanged, this, [this] { showPart(Part::Edit); });
    connect(m_view, &QTabBar::tabBarClicked, this, [this] { showPart(Part::Edit); });
    connect(m_form, &ConfigFormView::jsonRequested, this, [this] { showJson(true); });
    connect(m_form, &ConfigFormView::entryChanged, m_try, &TryCheckLine::setEntry);
    connect(m_try, &TryCheckLine::actionRequested, this, &ConfigEditor::actionRequested);
    connect(m_json, &JsonPanel::choiceRequested, this, [this] { m_session->setFocus(0); });
    connect(m_conflicts, &ConflictBanner::compareRequested, this, &ConfigEditor::compareWithOther);
    connect(m_bar, &ConfigBar::errorRequested, this, &ConfigEditor::goToError);
    connect(m_bar, &ConfigBar::differenceRequested, this, [this] {
        m_comparedIp.clear();
        showPart(m_part == Part::Difference ? Part::Edit : Part::Difference);
    });
    connect(m_bar, &ConfigBar::historyRequested, this,
            [this] { showPart(m_part == Part::History ? Part::Edit : Part::History); });
    connect(m_bar, &ConfigBar::saveRequested, this, &ConfigEditor::requestSave);
    connect(m_history, &HistoryPanel::rollbackRequested, this, &ConfigEditor::rollBack);
}

void ConfigEditor::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto act) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    add(QKeySequence::Undo, [this] {
        if (m_session)
            m_session->undoStack().undo();
    });
    add(QKeySequence(u"Ctrl+Shift+Z"_s), [this] {
        if (m_session)
            m_session->undoStack().redo();
    });
    add(QKeySequence(u"Ctrl+Y"_s), [this] {
        if (m_session)
            m_session->undoStack().redo();
    });
    add(QKeySequence::Save, [this] { requestSave(); });
    add(QKeySequence(u"Ctrl+J"_s), [this] { showJson(m_view->currentIndex() == 0); });
}

void ConfigEditor::setServers(const QStringList &ips)
{
    if (ips == m_ips && m_session)
        return;
    if (m_session)
        m_session->disconnect(this);
    m_ips = ips;
    m_session.reset();
    m_part = Part::Edit;
    if (isVisible())
        openSession();
    else
        showContent();
}

void ConfigEditor::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_session && !m_ips.isEmpty())
        openSession();
}

void ConfigEditor::openSession()
{
    if (m_session)
        m_session->disconnect(this);
    m_session = m_centre.drafts().session(m_ips);
    m_try->setSession(m_session);
    m_form->setSession(m_session);
    m_json->setSession(m_session);
    m_conflicts->setSession(m_session);
    m_bar->setSession(m_session);
    connect(m_session.get(), &ConfigSession::standingChanged, this, &ConfigEditor::showTargets);
    connect(m_session.get(), &ConfigSession::standingChanged, this, &ConfigEditor::showContent);
    connect(m_session.get(), &ConfigSession::checked, this, [this] {
        if (m_part == Part::Difference)
            showDifference();
    });
    showTargets();
    showPart(Part::Edit);
}

void ConfigEditor::showTargets()
{
    const bool isSeveral = m_session && m_session->drafts().size() > 1;
    m_target->setVisible(isSeveral);
    if (!isSeveral)
        return;
    QStringList names{tr("All %1 servers").arg(m_session->drafts().size())};
    for (const ConfigDraft &draft : m_session->drafts())
        names << serverText(m_session->source().state(), draft.ip);
    QStringList shown;
    for (int i = 0; i < m_target->count(); ++i)
        shown << m_target->itemText(i);
    if (shown != names) {
        m_target->clear();
        m_target->addItems(names);
    }
    m_target->setCurrentIndex(m_session->focus() + 1);
}

/// What stands in the middle: the chosen part, or why there is nothing to edit.
void ConfigEditor::showContent()
{
    const bool hasTargets = m_session && !m_session->targets().isEmpty();
    QString trouble;
    if (m_session && m_session->isReady() && !hasTargets) {
        for (const ConfigDraft &draft : m_session->drafts())
            trouble = trouble.isEmpty() ? draft.trouble : trouble;
    }
    m_sections->setEnabled(hasTargets);
    m_view->setEnabled(hasTargets);
    m_bar->setVisible(hasTargets);
    if (!hasTargets && m_part != Part::History) {
        m_nothing->setText(trouble.isEmpty() ? tr("The configuration is being read.") : trouble);
        m_content->setCurrentWidget(m_nothing);
        return;
    }
    m_content->setCurrentWidget(m_part == Part::History ? static_cast<QWidget *>(m_history)
                                    : m_part == Part::Difference
                                    ? static_cast<QWidget *>(m_difference)
                                    : m_view->currentIndex() == 0 ? static_cast<QWidget *>(m_form)
                                                                  : m_json);
    m_bar->setShown(m_part == Part::Difference, m_part == Part::History);
}

void ConfigEditor::showPart(Part part)
{
    m_part = part;
    if (part == Part::History && m_session && m_session->drafts().size() == 1)
        m_history->setServer(m_session->drafts().first().ip);
    if (part == Part::Difference)
        showDifference();
    showContent();
}

void ConfigEditor::showJson(bool isJson)
{
    m_view->setCurrentIndex(isJson ? 1 : 0);
}

void ConfigEditor::showSection()
{
    m_form->setSection(ConfigSection(m_sections->currentIndex()));
    m_json->showField(sectionFields().value(m_sections->currentIndex()));
    showPart(Part::Edit);
}

void ConfigEditor::showDifference()
{
    QList<DifferencePanel::Pair> pairs;
    for (const ConfigDraft &draft : m_session->drafts()) {
        const QString server = serverText(m_session->source().state(), draft.ip);
        if (m_comparedIp.isEmpty())
            pairs.append({tr("%1, from version %2").arg(server).arg(draft.version()),
                          draft.baseDocument, draft.document});
        else if (draft.ip == m_comparedIp)
            pairs.append({tr("%1, from version %2 to yours").arg(server).arg(draft.other.version),
                          configDocument(draft.otherFields), draft.document});
    }
    m_difference->setPairs(pairs,
                           m_comparedIp.isEmpty() ? tr("Nothing was changed.")
                                                  : tr("That version holds the same as yours."));
}

void ConfigEditor::compareWithOther(const QString &ip)
{
    m_comparedIp = ip;
    showPart(Part::Difference);
}

void ConfigEditor::goToError(const QString &ip, int line)
{
    if (m_session->drafts().size() > 1)
        m_session->setFocus(int(m_session->ips().indexOf(ip)));
    showJson(true);
    showPart(Part::Edit);
    m_json->showLine(line);
}

/// The old version becomes a change like any other, which can be looked at and undone; saving it
/// is asked for at once.
void ConfigEditor::rollBack(qint64 version, const ConfigFields &fields)
{
    if (!m_session || m_session->targets().size() != 1)
        return;
    const QByteArray document = configDocument(fields);
    m_session->edit(tr("Roll back to version %1").arg(version), [&](const ConfigDraft &draft) {
        return std::optional(spliceBetween(draft.document, document));
    });
    m_session->checkNow();
    if (!m_session->isChanged()) {
        Q_EMIT said(tr("Version %1 holds the same as the version that stands.").arg(version));
        return;
    }
    m_comparedIp.clear();
    showPart(Part::Difference);
    requestSave();
}

void ConfigEditor::requestSave()
{
    if (!m_session)
        return;
    m_session->checkNow();
    if (m_session->isChanged() && m_session->errorCount() == 0 && m_session->conflictCount() == 0)
        Q_EMIT saveRequested(m_ips);
}

} // namespace Treewarden
