// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Treewarden {

/// Tells when the user wants this program to end: Ctrl+C, SIGTERM, SIGHUP, or a reader of standard
/// output who left. One object in a program; from its making on the signals no longer end it by
/// themselves.
class Interruption : public QObject
{
    Q_OBJECT

public:
    explicit Interruption(QObject *parent = nullptr);
    ~Interruption() override;

Q_SIGNALS:
    void asked();

private:
    int m_signals = -1;
};

} // namespace Treewarden
