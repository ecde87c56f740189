// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/palettemodel.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QLineEdit;
class QListView;

namespace Treewarden {

class ActionCentre;
class MainWindow;
class PaletteDelegate;
class Preferences;
class TonedLabel;

/// The quick way to everything: servers, services, pages and what the menus can do, found by a few
/// letters. It lies over the window; Enter opens, Ctrl+Enter shows what can be done with it, Esc
/// goes back.
class CommandPalette : public QWidget
{
    Q_OBJECT
public:
    /// Lies over `window`, whose pages and menus it offers. Without `actions` nothing is acted on.
    CommandPalette(FleetSource &source, ActionCentre *actions, Preferences &preferences,
                   MainWindow &window);

    /// With `text` typed already: ">" for actions only.
    void open(const QString &text = {});
    /// Gives the focus back to where it was.
    void close();

    PaletteModel &model() { return m_model; }

    QLineEdit &field() { return *m_field; }

    QListView &list() { return *m_list; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool handleKey(const QKeyEvent &key);
    void leaveFor(const QWidget *widget);
    void hidePalette();
    QList<PaletteItem> offered();
    QList<PaletteItem> savedFilters() const;
    void take(const QString &text);
    void showRows();
    void select(int row, int step);
    void activate();
    void openItem(const PaletteItem &item);
    void showChoices();
    void remember(const QString &key);
    void place();
    void tellScreenReader();
    PaletteItem current() const;

    ActionCentre *m_actions;
    Preferences &m_preferences;
    MainWindow &m_window;
    PaletteModel m_model;
    QLineEdit *m_field;
    QListView *m_list;
    TonedLabel *m_sentence, *m_hint;
    PaletteDelegate *m_delegate;
    QHash<QString, QPointer<QAction>> m_menuActions; ///< by the keys of their items
    PaletteItem m_acting; ///< what the choices are for, while they are shown
    QPointer<QWidget> m_before; ///< what had the focus
};

} // namespace Treewarden
