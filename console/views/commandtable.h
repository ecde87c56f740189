// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/commandwords.h"
#include "console/views/recordtable.h"

#include <QSortFilterProxyModel>

namespace Treewarden {

/// Those commands of a log that a person looks for.
class CommandFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit CommandFilter(CommandLog &log, QObject *parent = nullptr);

    void setWords(const CommandWords &words);

    const CommandWords &words() const { return m_words; }

    /// Only of this server; empty: of all.
    void setServer(const QString &ip);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    CommandLog &m_log;
    CommandWords m_words;
    QString m_ip;
};

/// Commands as a table, newest first. Enter or a double click opens the server of one. What is new
/// pushes the rows down only where somebody follows and looks at the top.
class CommandTable : public RecordTable
{
    Q_OBJECT
public:
    explicit CommandTable(CommandLog &log, QWidget *parent = nullptr);

    CommandFilter &filter() { return m_filter; }

    /// Leaves out the column of the server.
    void showServer(const QString &ip);

    void setFollowing(bool isFollowing);

    /// How many came above what is seen.
    int unseenCount() const { return m_unseen; }

    /// The record of the current row, or nullptr.
    const CommandLog::Record *current() const;

Q_SIGNALS:
    void serverChosen(const QString &ip);
    void unseenChanged();

protected:
    void fitColumns() override;

private:
    int naturalWidth(int column) const;
    void holdPlace(int count);

    CommandLog &m_log;
    CommandFilter m_filter;
    bool m_isFollowing = true, m_wasAtTop = true;
    int m_unseen = 0;
};

} // namespace Treewarden
