// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/mounttable.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

MountTable::MountTable(const QString &procRoot)
    : m_file(procRoot + u"/self/mountinfo"_s, 1 << 20, HostFile::Kind::ManyRecords)
{
}

const QList<MountLine> &MountTable::mounts()
{
    if (!m_isStale)
        return m_mounts;
    m_mounts = parseMountInfo(m_file.read());
    m_isStale = m_file.descriptor() < 0;
    if (!m_notifier && !m_isStale) {
        m_notifier
            = std::make_unique<QSocketNotifier>(m_file.descriptor(), QSocketNotifier::Exception);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] {
            m_isStale = true;
            if (changed)
                changed();
        });
    }
    return m_mounts;
}

} // namespace Treewarden
