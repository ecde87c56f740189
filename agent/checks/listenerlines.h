// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/checks/shellidiom.h"
#include "agent/probes/listentable.h"

#include <QByteArrayList>

namespace Treewarden {

/// A listening socket and what netstat and ss call its protocol.
struct ShownListener
{
    QByteArray protocol; ///< "tcp", "tcp6", "udp", "udp6", "unix"
    Listener socket;
};

/// The line that netstat or ss prints of it, without the columns of numbers that say nothing about
/// who listens. ss writes a socket of all addresses in one of two ways: either counts.
QByteArrayList listenerLines(const ShownListener &shown, const ShellIdiom &idiom);

} // namespace Treewarden
