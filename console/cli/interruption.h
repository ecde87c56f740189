// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/unixsignals.h"

#include <QTimer>

namespace Treewarden {

/// Tells when a program that stays should end: Ctrl+C, SIGTERM, SIGHUP, or a reader of standard
/// output who left.
class Interruption : public QObject
{
    Q_OBJECT

public:
    explicit Interruption(QObject *parent = nullptr);

Q_SIGNALS:
    void asked();

private:
    UnixSignals m_signals;
    QTimer m_readerCheck;
};

} // namespace Treewarden
