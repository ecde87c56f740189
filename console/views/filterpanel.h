// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/wordhelp.h"

class QCheckBox;

namespace Treewarden {

class ChipButton;
class FilterField;
class LinkButton;
class RecordTable;

/// What stands above a list that is filtered and followed: the filter line with the help on its
/// words, a chip for each usual filter, how many new rows wait, and the switch that lets them in.
class FilterPanel : public QWidget
{
    Q_OBJECT
public:
    struct Chip
    {
        QString title, filter;
    };

    FilterPanel(const QString &placeholder, const QList<Chip> &chips,
                const QList<WordHelp::Word> &words, QWidget *parent = nullptr);

    FilterField &field() const { return *m_field; }

    QString text() const;
    bool isFollowing() const;

    /// At the right of the line.
    void addAction(QWidget *widget);
    /// In the order of the chips.
    void setCounts(const QList<int> &counts);
    /// How many rows wait; 0 hides that.
    void setWaiting(int count);
    /// The keys of the page that shows this table below it: `/` to the line, `?` for help; in the
    /// table Esc clears the filter and Ctrl+C copies the chosen rows.
    void serve(RecordTable &table);

public Q_SLOTS:
    void showHelp();

Q_SIGNALS:
    void textChanged(const QString &text);
    void followingChanged(bool isFollowing);
    void waitingChosen();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showChecked();

    FilterField *m_field;
    QList<WordHelp::Word> m_words;
    QList<std::pair<ChipButton *, QString>> m_chips;
    LinkButton *m_waiting;
    QCheckBox *m_follow;
    RecordTable *m_table = nullptr;
};

} // namespace Treewarden
