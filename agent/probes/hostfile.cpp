// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/hostfile.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace Treewarden {

HostFile::HostFile(const QString &path, qsizetype maximum, Kind kind)
    : m_path(path.toLocal8Bit())
    , m_maximum(maximum)
    , m_kind(kind)
{
}

HostFile::~HostFile()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

HostFile::HostFile(HostFile &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_buffer(std::move(other.m_buffer))
    , m_maximum(other.m_maximum)
    , m_kind(other.m_kind)
    , m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

HostFile &HostFile::operator=(HostFile &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_buffer, other.m_buffer);
    std::swap(m_maximum, other.m_maximum);
    std::swap(m_kind, other.m_kind);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

QByteArrayView HostFile::read()
{
    if (m_descriptor < 0)
        m_descriptor = open(m_path.constData(), O_RDONLY | O_CLOEXEC);
    if (m_descriptor < 0)
        return {};
    if (m_buffer.isEmpty())
        m_buffer.resize(m_maximum);
    qsizetype total = 0;
    ssize_t length = 0;
    do {
        length
            = pread(m_descriptor, m_buffer.data() + total, size_t(m_buffer.size() - total), total);
        total += std::max<ssize_t>(length, 0);
    } while (length > 0 && m_kind == Kind::ManyRecords && total < m_buffer.size());
    if (length >= 0)
        return QByteArrayView(m_buffer).first(total);
    close(m_descriptor); // what is behind it went: it may come back as another file
    m_descriptor = -1;
    return {};
}

} // namespace Treewarden
