// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace Treewarden {

class MainWindow;
class Preferences;

/// The console's window on the desktop: stays, wherever it is and however large, while what is in
/// it is another for another site or language.
class ConsoleFrame : public QWidget
{
    Q_OBJECT
public:
    explicit ConsoleFrame(Preferences &preferences, QWidget *parent = nullptr);

    MainWindow *content() const { return m_content; }

    /// Takes it over and gives back the one before, hidden; nullptr: there was none.
    MainWindow *setContent(MainWindow *content);

    /// Shows and raises it, from the tray too.
    void bringToFront();
    /// Back to the size and place of the first start.
    void resetGeometry();

Q_SIGNALS:
    /// Somebody closes it; who ignores the event keeps it. What is in it is asked afterwards.
    void closing(QCloseEvent *event);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    Preferences &m_preferences;
    QVBoxLayout *m_column;
    MainWindow *m_content = nullptr;
    bool m_isAsking = false;
};

} // namespace Treewarden
