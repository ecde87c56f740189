// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/dialogs/connectionform.h"

namespace Treewarden {

/// What the window shows while no Redis is configured: what this is, where to connect, how the
/// first agent comes in.
class FirstStart : public QWidget
{
    Q_OBJECT
public:
    explicit FirstStart(Preferences &preferences, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const Treewarden::RedisUrl &url);

private:
    void submit();
    QWidget *steps() const;

    ConnectionForm *m_form;
};

} // namespace Treewarden
