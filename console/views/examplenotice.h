// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Treewarden {

/// Over all pages while what they show is made up, with the way out.
class ExampleNotice : public QWidget
{
    Q_OBJECT
public:
    explicit ExampleNotice(QWidget *parent = nullptr);

Q_SIGNALS:
    void left();

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Treewarden
