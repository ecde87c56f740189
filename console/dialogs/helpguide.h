// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace Treewarden {

class HelpWindow;
class MainWindow;

/// F1: opens the page of the handbook about the place where somebody is, a page of the window or a
/// dialog.
class HelpGuide : public QObject
{
    Q_OBJECT
public:
    /// Lives and dies with `window`.
    explicit HelpGuide(MainWindow &window);
    ~HelpGuide() override;

    /// Help about what is in front.
    void showHere();
    void show(const QString &topic);

    /// The handbook when it was opened, or nullptr.
    HelpWindow *window() const { return m_help.get(); }

    /// The page about a dialog: by its property "helpTopic", else by its class; empty: none.
    static QString topicOf(const QWidget *widget);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showFor(const QWidget *place);

    MainWindow &m_window;
    std::unique_ptr<HelpWindow> m_help;
};

} // namespace Treewarden
