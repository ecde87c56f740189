// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace Treewarden {

/// A message bus with a desktop on it (tests/support/desktopmock.py): keyring, notifications and
/// settings. This process takes it for its own: one of them in a process, before anything asks for
/// the bus. Stops the program when it does not start.
class MockedDesktop
{
public:
    MockedDesktop();
    ~MockedDesktop();

    /// The keyring: keeps passwords, is not unlocked, or waits for a person.
    void keep() { tell("keep"); }

    void refuse() { tell("refuse"); }

    void wait() { tell("wait"); }

    /// What it keeps: FOLDER/KEY=VALUE, one a line.
    QByteArray dump() { return tell("dump"); }

    /// The notifications so far, one as JSON a line.
    QByteArray messages() { return tell("messages"); }

    void click(int message) { tell("click " + QByteArray::number(message)); }

    void setIsDark(bool isDark) { tell(isDark ? "colours 1" : "colours 2"); }

private:
    QByteArray tell(const QByteArray &command);
    QByteArray readUntil(const QByteArray &line);

    QTemporaryDir m_folder;
    QProcess m_bus, m_desktop;
};

} // namespace Treewarden
