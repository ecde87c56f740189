// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QSocketNotifier>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <sys/types.h>

namespace Treewarden {

class ChildReaper;

/// What a program prints, without a shell, without waiting for it: in a session of its own,
/// with nothing to read and a fixed environment. The group is killed when it prints too much, takes
/// too long, or nobody wants the output any more.
class ChildOutput
{
public:
    struct Bounds
    {
        qsizetype size = 256 * 1024;
        std::chrono::milliseconds time{2000};
    };

    /// The whole output of a program that ended with 0, or why there is none.
    using Done = std::function<void(const Result<QByteArray> &)>;

    ChildOutput();
    ~ChildOutput(); ///< kills what runs; its answer does not come
    Q_DISABLE_COPY_MOVE(ChildOutput)

    /// `program` is a path. Calls `done` once, never before it returns. Not while isRunning().
    void run(const QString &program, const QStringList &arguments, const Bounds &bounds, Done done);

    bool isRunning() const { return bool(m_done); }

private:
    struct LaterDeleter
    {
        void operator()(QSocketNotifier *notifier) const;
    };

    void read();
    void takeEnd(int status);
    void fail(const QString &why);
    void finish(const Result<QByteArray> &result);
    void drop();

    QString m_program;
    Bounds m_bounds;
    QByteArray m_output;
    Done m_done;
    QTimer m_deadline;
    std::unique_ptr<QSocketNotifier, LaterDeleter> m_reader;
    ChildReaper *m_reaper = nullptr; ///< owns itself until the child is gone
    int m_pipe = -1;
    bool m_isOutputWhole = false;
    int m_status = -1;
};

} // namespace Treewarden
