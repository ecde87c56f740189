// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/consoleframe.h"

#include "console/settings/preferences.h"
#include "console/views/mainwindow.h"

#include <QCloseEvent>
#include <QIcon>
#include <QMenuBar>
#include <QScreen>
#include <QVBoxLayout>

#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr QSize firstSize(1440, 900);

/// Three drawings, not one scaled: the small ones have fewer and thicker parts.
QIcon programIcon()
{
    QIcon icon;
    for (const int size : {16, 32, 128})
        icon.addFile(u":/icons/treewarden-%1.png"_s.arg(size), QSize(size, size));
    return icon;
}

} // namespace

ConsoleFrame::ConsoleFrame(Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_preferences(preferences)
    , m_column(new QVBoxLayout(this))
{
    setWindowIcon(programIcon());
    m_column->setContentsMargins(0, 0, 0, 0);
    resetGeometry();
    restoreGeometry(preferences.value(Preference::WindowGeometry).toByteArray());
}

MainWindow *ConsoleFrame::setContent(MainWindow *content)
{
    MainWindow *before = std::exchange(m_content, content);
    if (before) {
        m_column->removeWidget(before);
        before->hide();
        before->menuBar()->setEnabled(false); // the desktop may show it, with its shortcuts
        disconnect(before, &MainWindow::closed, this, nullptr);
    }
    content->setParent(this, Qt::Widget);
    content->menuBar()->setEnabled(true);
    m_column->addWidget(content);
    content->show();
    connect(content, &MainWindow::closed, this, [this] {
        if (!m_isAsking)
            close(); // it agreed later, by itself
    });
    return before;
}

void ConsoleFrame::bringToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    if (m_content)
        m_content->show();
    show();
    raise();
    activateWindow();
}

void ConsoleFrame::resetGeometry()
{
    setWindowState(Qt::WindowNoState);
    resize(firstSize.boundedTo(screen()->availableSize()));
}

void ConsoleFrame::closeEvent(QCloseEvent *event)
{
    m_preferences.setValue(Preference::WindowGeometry, saveGeometry());
    event->accept();
    Q_EMIT closing(event);
    if (!event->isAccepted() || !m_content || !m_content->isVisibleTo(this))
        return;
    m_isAsking = true;
    if (!m_content->close())
        event->ignore();
    m_isAsking = false;
}

} // namespace Treewarden
