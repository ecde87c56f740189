// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace Treewarden {

class LinkButton;

/// The words of a filter, each with an example that can be clicked (or reached by Tab and chosen
/// by Enter). It is a popup: Esc or a click beside it closes it.
class FilterHelp : public QFrame
{
    Q_OBJECT
public:
    explicit FilterHelp(QWidget *parent);

    /// Below `field`, at its left edge.
    void showBelow(const QWidget &field);

Q_SIGNALS:
    void exampleChosen(const QString &filter);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QList<LinkButton *> m_examples;
};

} // namespace Treewarden
