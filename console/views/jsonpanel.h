// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configsession.h"

#include <QWidget>

#include <memory>

class QLineEdit;
class QStackedWidget;

namespace Treewarden {

class EmptyState;
class JsonEditor;
class TonedLabel;

/// The configuration of a session as JSON, with a search line. Several configurations that differ
/// have no common text: then it says so.
class JsonPanel : public QWidget
{
    Q_OBJECT
public:
    explicit JsonPanel(QWidget *parent = nullptr);

    void setSession(const std::shared_ptr<ConfigSession> &session);
    /// Shows the field of that name, or a line.
    void showField(const QString &name);
    void showLine(int line);
    void format();

    JsonEditor &editor() { return *m_editor; }

Q_SIGNALS:
    /// One of several servers is to be shown alone.
    void choiceRequested();

private:
    QWidget *makeHead();
    QWidget *makeFind();
    const ConfigDraft *shownDraft() const;
    void showDocument();
    void showIssues();
    void startSearch();
    void search(bool isForward);

    std::shared_ptr<ConfigSession> m_session;
    JsonEditor *m_editor;
    QStackedWidget *m_content;
    EmptyState *m_several;
    QWidget *m_find;
    QLineEdit *m_words;
    TonedLabel *m_found;
};

} // namespace Treewarden
