// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Treewarden {

/// How the first agent comes in: numbered lines, each with a command that can be copied.
class AgentSteps : public QWidget
{
    Q_OBJECT
public:
    /// `address` is the Redis that the agent is to report to; empty: a made-up one.
    explicit AgentSteps(const QString &address = {}, QWidget *parent = nullptr);

private:
    QWidget *makeCommand(const QString &command);
};

} // namespace Treewarden
