// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace Treewarden {

/// A message bus of the test's own, with a systemd on it that does as it is told
/// (tests/support/systemdmock.py). Stops the program when something does not start.
class MockedSystemd
{
public:
    MockedSystemd();
    ~MockedSystemd();

    QString socket() const { return m_folder.filePath(QStringLiteral("bus")); }

    QString address() const { return QStringLiteral("unix:path=") + socket(); }

    void startBus();
    void startSystemd();
    void stopBus(); ///< nothing is left of its socket
    void stopSystemd();

    /// Stops or continues the process of the bus, which then hangs.
    void signalBus(int number) const;

    /// One line of the mock's commands; what it printed before "done".
    QByteArray tell(const QByteArray &command);

private:
    QByteArray readUntil(const QByteArray &line);

    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_bus, m_systemd;
};

} // namespace Treewarden
