// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configform.h"

#include <QJsonArray>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace Treewarden {

class TonedLabel;

/// One field of a form: its label above it, below it what it means or what is wrong with it.
class FieldWidget : public QWidget
{
    Q_OBJECT
public:
    explicit FieldWidget(const FormField &field, QWidget *parent = nullptr);

    const FormField &field() const { return m_field; }

    /// Another value of the same field; what somebody is typing here is left alone.
    void setField(const FormField &field);
    /// The times below a field of Kind::Cron.
    void setNote(const QString &note);

    QWidget *input() const;

Q_SIGNALS:
    void edited(const QJsonValue &value);

private:
    void makeInput();
    void makeChoice();
    void makeWords();
    void showValue();
    void showHelp();
    QJsonValue typedValue(const QString &text) const;
    QJsonArray writtenWords() const;

    FormField m_field;
    TonedLabel *m_label, *m_help, *m_note = nullptr;
    QLineEdit *m_line = nullptr;
    QComboBox *m_choice = nullptr;
    QCheckBox *m_flag = nullptr;
    QPlainTextEdit *m_words = nullptr;
    bool m_isShowing = false;
};

} // namespace Treewarden
