// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/checks/listenerlines.h"
#include "agent/probes/probe.h"

#include <vector>

namespace Treewarden {

/// Alive while a listening socket's line goes through the filters of a netstat or ss pipeline. The
/// tables stay open; of TCP's only what stands before the first connection is read.
class ListenerCount : public ServiceProbe
{
public:
    ListenerCount(ShellIdiom idiom, const ProbeContext &context);

    void check(const ProcSnapshot &processes, Done done) override;
    QString description() const override;

private:
    /// One of the kernel's tables.
    struct Table
    {
        Table(QByteArray protocol, const QString &path);
        ~Table();
        Table(const Table &) = delete;
        Table &operator=(const Table &) = delete;

        bool read();
        bool hasConnections(QByteArrayView page) const;

        const QByteArray protocol;
        const QByteArray path;
        QByteArray text; ///< as it was read last
        QByteArray buffer;
        int descriptor = -1;
        bool isChanged = true;
    };

    bool fits(const ShownListener &shown) const;
    CheckResult judge(bool isReadable) const;
    QString shownFilters() const;

    const ShellIdiom m_idiom;
    std::vector<std::unique_ptr<Table>> m_tables;
    CheckResult m_last;
};

} // namespace Treewarden
