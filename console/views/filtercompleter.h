// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QCompleter;
class QLineEdit;
class QStringListModel;

namespace Treewarden {

/// Offers how the word at the cursor of a filter may go on; Enter or Tab takes one, Esc leaves it.
class FilterCompleter : public QObject
{
    Q_OBJECT
public:
    using Candidates = std::function<QStringList(const QString &word)>;

    FilterCompleter(QLineEdit &field, Candidates candidates);

    /// What is offered now; empty while nothing is.
    QStringList offered() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void offer();
    void take(const QString &completion);
    int wordStart() const;

    QLineEdit &m_field;
    Candidates m_candidates;
    QStringListModel *m_words;
    QCompleter *m_completer;
};

} // namespace Treewarden
