// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configform.h"

#include <QWidget>

class QListView;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace Treewarden {

class EmptyState;
class FieldWidget;
class TonedLabel;
class TryCheckLine;

/// A part of the configurations of a session as a form: its entries at the left, the fields of the
/// chosen one at the right.
class ConfigFormView : public QWidget
{
    Q_OBJECT
public:
    explicit ConfigFormView(QWidget *parent = nullptr);

    void setSession(const std::shared_ptr<ConfigSession> &session);
    void setSection(ConfigSection section);
    /// Shown below the fields of a service.
    void setTryLine(TryCheckLine *line);

    /// The entry whose form is shown; empty: none.
    const QStringList &entry() const { return m_entry; }

    QListView &list() { return *m_list; }

    FieldWidget *field(const QString &name) const;

Q_SIGNALS:
    void entryChanged(const QStringList &entry);
    /// The JSON is what has to be edited here.
    void jsonRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeList();
    QWidget *makeForm();
    void choose(const QStringList &entry);
    void chooseRow();
    void add();
    void duplicate();
    void remove();
    void refresh();
    void showContent();
    void showFields();
    void build(const QList<FormField> &fields);
    void change(const FormField &field, const QJsonValue &value);
    void showRuns();
    QString brokenJson() const;

    std::shared_ptr<ConfigSession> m_session;
    ConfigEntryList m_entries;
    QStringList m_entry;
    QListView *m_list;
    QWidget *m_left;
    QScrollArea *m_scroll;
    QWidget *m_form = nullptr;
    QVBoxLayout *m_column;
    QList<FieldWidget *> m_fields;
    QStackedWidget *m_content;
    EmptyState *m_empty;
    QPushButton *m_add, *m_duplicate, *m_remove;
    TryCheckLine *m_try = nullptr;
};

} // namespace Treewarden
