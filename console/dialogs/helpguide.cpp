// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/helpguide.h"

#include "console/views/helpwindow.h"
#include "console/views/mainwindow.h"
#include "shared/core/translation.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDialog>
#include <QKeyEvent>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// Pages of the window whose help has another name than they themselves.
const QHash<QString, QString> &pageTopics()
{
    static const QHash<QString, QString> topics{
        {u"commands"_s, u"events"_s},
        {u"config"_s, u"configuration"_s},
    };
    return topics;
}

/// By class, so that dialogs need not know of the handbook.
const QHash<QString, QString> &dialogTopics()
{
    static const QHash<QString, QString> topics{
        {u"ConfirmDialog"_s, u"actions"_s},
        {u"RollingDialog"_s, u"actions"_s},
        {u"MaintenanceDialog"_s, u"actions"_s},
        {u"KeyDialog"_s, u"keys"_s},
        {u"ConnectionDialog"_s, u"sites"_s},
        {u"ShareDialog"_s, u"sharing"_s},
        {u"SitesDialog"_s, u"sites"_s},
        {u"PasswordDialog"_s, u"sites"_s},
        {u"NotificationsDialog"_s, u"notifications"_s},
        {u"EnrolDialog"_s, u"configuration"_s},
        {u"ConfigSaveDialog"_s, u"configuration"_s},
        {u"MomentPopup"_s, u"past"_s},
        {u"ShortcutsDialog"_s, u"keyboard"_s},
        {u"FirstStart"_s, u"start"_s},
    };
    return topics;
}

} // namespace

HelpGuide::HelpGuide(MainWindow &window)
    : QObject(&window)
    , m_window(window)
{
    qApp->installEventFilter(this); // dialogs have no menu whose shortcut could be F1
}

HelpGuide::~HelpGuide() = default;

QString HelpGuide::topicOf(const QWidget *widget)
{
    for (; widget; widget = widget->parentWidget()) {
        if (const QString topic = widget->property("helpTopic").toString(); !topic.isEmpty())
            return topic;
        const auto name = QString::fromLatin1(widget->metaObject()->className());
        if (const QString topic = dialogTopics().value(name.section(u"::"_s, -1)); !topic.isEmpty())
            return topic;
        if (widget->isWindow())
            break;
    }
    return {};
}

void HelpGuide::showHere()
{
    showFor(QApplication::focusWidget());
}

void HelpGuide::showFor(const QWidget *place)
{
    QString topic = topicOf(place);
    if (topic.isEmpty()) {
        const QString page = m_window.currentPage();
        topic = page.isEmpty() ? u"start"_s : pageTopics().value(page, page);
    }
    show(topic);
}

void HelpGuide::show(const QString &topic)
{
    if (!m_help) {
        m_help = std::make_unique<HelpWindow>(HelpBook(languageInUse()));
        m_help->setWindowIcon(m_window.window()->windowIcon());
        connect(m_help.get(), &HelpWindow::webRequested, this,
                [](const QUrl &address) { QDesktopServices::openUrl(address); });
    }
    m_help->showPage(topic);
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

bool HelpGuide::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress
        || static_cast<const QKeyEvent *>(event)->key() != Qt::Key_F1 || !m_window.isVisible())
        return false; // nor for a window that is kept while another is shown
    const auto *widget = qobject_cast<const QWidget *>(watched);
    if (!widget || !qobject_cast<const QDialog *>(widget->window()))
        return false;
    showFor(widget);
    return true;
}

} // namespace Treewarden
