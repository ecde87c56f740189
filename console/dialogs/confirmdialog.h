// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionquestion.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace Treewarden {

class TonedLabel;

/// Asks before something is done: what it hits, what happens then, and why it is wanted. Enter
/// never confirms what is dangerous: that needs the typed word and a press of the button itself.
class ConfirmDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ConfirmDialog(const ActionQuestion &question, QWidget *parent = nullptr);

    QString reason() const;
    /// False: all at once.
    bool isOneByOne() const;

    QPushButton *verb() const { return m_verb; }

    QPushButton *cancel() const { return m_cancel; }

    QLineEdit *typed() const { return m_typed; }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

    /// A line of caption, below which more is added.
    void addSection(const QString &title);
    void addBody(QWidget *widget);

    /// Between what it hits and the reason: what a kind of action has beside.
    QVBoxLayout *extras() const { return m_extras; }

private:
    QWidget *makeHead();
    QWidget *makeFooter();
    void addHits();
    void addImpact();
    void addHow();
    void addReason();
    void addTyped();
    QWidget *makeLine(std::optional<Health> health, const QString &strong, const QString &text,
                      const QString &right);
    void proceed();
    void showVerb();
    bool isTypedRight() const;

    ActionQuestion m_question;
    QVBoxLayout *m_body, *m_extras;
    QRadioButton *m_oneByOne = nullptr;
    QLineEdit *m_reason, *m_typed;
    QWidget *m_typedPart;
    QPushButton *m_cancel, *m_verb;
    bool m_isSecondStep = false;
};

} // namespace Treewarden
