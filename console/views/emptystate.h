// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace Treewarden {

class TonedLabel;

/// What a view shows instead of emptiness: one sentence, what may follow, and one button at most.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    void setText(const QString &sentence, const QString &detail = {}, const QString &button = {});
    QString text() const;

Q_SIGNALS:
    void buttonClicked();

private:
    TonedLabel *m_sentence, *m_detail;
    QPushButton *m_button;
};

/// The shape of a table that is still on its way: grey bars and a word.
class LoadingState : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Treewarden
