// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Treewarden {

/// A file of /proc or /sys that is read again and again: opened once, read from its start each
/// time.
class HostFile
{
public:
    /// A file of many records (net/dev, diskstats, mountinfo) comes a page at a time and is read to
    /// its end.
    enum class Kind { OneRecord, ManyRecords };

    explicit HostFile(const QString &path, qsizetype maximum = 4096, Kind kind = Kind::OneRecord);
    ~HostFile();
    HostFile(HostFile &&other) noexcept;
    HostFile &operator=(HostFile &&other) noexcept;

    /// What it says now, at most `maximum` bytes; empty when it cannot be read (tried again the
    /// next time). Valid until the next read.
    QByteArrayView read();

    /// Of the open file, for poll(); -1 while there is none.
    int descriptor() const { return m_descriptor; }

    QString path() const { return QString::fromLocal8Bit(m_path); }

private:
    QByteArray m_path;
    QByteArray m_buffer;
    qsizetype m_maximum;
    Kind m_kind;
    int m_descriptor = -1;
};

} // namespace Treewarden
