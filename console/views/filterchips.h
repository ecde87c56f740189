// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/savedfilters.h"

#include <QWidget>

#include <functional>

namespace Treewarden {

class ChipButton;
class Preferences;
enum class Preference;

/// The filters of the fleet that are one click away: those of the program, then those that people
/// saved, which can be renamed and deleted by a context menu.
class FilterChips : public QWidget
{
    Q_OBJECT
public:
    explicit FilterChips(Preferences &preferences, QWidget *parent = nullptr);

    /// Checks the chip of this filter and offers to save it where there is none.
    void setCurrent(const QString &filter);
    /// Asks for the count of each filter again.
    void count(const std::function<int(const QString &filter)> &counter);

    const QList<SavedFilter> &saved() const { return m_saved; }

    /// Gives the present filter a name; one of the same name is replaced.
    void save(const QString &name);
    void rename(const QString &name, const QString &newName);
    void remove(const QString &name);
    /// Asks for the name of the present filter.
    void askToSave();

Q_SIGNALS:
    void chosen(const QString &filter);
    /// There are other chips now: they have no counts yet.
    void chipsChanged();

private:
    void rebuild();
    void keep();
    void follow(Preference changed);
    void addChip(const QString &title, const QString &filter);
    void addMenu(ChipButton &chip, const QString &name);
    void ask(const QString &title, const QString &name,
             const std::function<void(const QString &)> &take);
    bool isKnown(const QString &filter) const;

    Preferences &m_preferences;
    QList<SavedFilter> m_saved;
    QList<std::pair<ChipButton *, QString>> m_chips; ///< with the filter of each
    ChipButton *m_save = nullptr;
    QString m_current;
};

} // namespace Treewarden
