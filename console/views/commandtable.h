// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QTableView>

namespace Treewarden {

class CommandLog;
class TableHeader;

/// Those commands of a log that a person looks for.
class CommandFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit CommandFilter(CommandLog &log, QObject *parent = nullptr);

    /// All of these words, in any column.
    void setText(const QString &text);
    /// Only of this server; empty: of all.
    void setServer(const QString &ip);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
    QString m_ip;
};

/// Commands as a table, newest first. Enter or a double click opens the server of one.
class CommandTable : public QTableView
{
    Q_OBJECT
public:
    explicit CommandTable(CommandLog &log, QWidget *parent = nullptr);

    CommandFilter &filter() { return m_filter; }

    /// Leaves out the column of the server.
    void showServer(const QString &ip);

Q_SIGNALS:
    void serverChosen(const QString &ip);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitColumns();
    int naturalWidth(int column) const;

    CommandFilter m_filter;
    TableHeader *m_header;
};

} // namespace Treewarden
