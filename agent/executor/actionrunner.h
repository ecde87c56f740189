// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

namespace Treewarden {

/// What is to be done: words, or a verb on a systemd unit.
struct ActionRequest
{
    QString id; ///< of the command: [A-Za-z0-9_.-]{1,64}
    QStringList argv; ///< an absolute path and its words
    QString unit; ///< "nginx.service", instead of argv
    QString verb; ///< start, stop, restart or reload
    std::chrono::milliseconds timeout{0};
};

/// How it ended.
struct ActionOutcome
{
    bool ok = false;
    /// False when it may have happened or not, or still goes on: nobody told us.
    bool isKnown = true;
    int exit = -1; ///< the exit status; -1: there is none
    QString detail; ///< a sentence for the operator
    QByteArray output; ///< at most 64 KiB, of anything: the beginning and the end
    qint64 milliseconds = 0;
};

/// Carries out actions. Knows neither policy nor journal: what it is handed, it does. Destroying it
/// ends nothing that runs; only the answers do not come.
class ActionRunner : public QObject
{
public:
    using Done = std::function<void(const ActionOutcome &)>;
    using QObject::QObject;

    /// Calls `done` once, never before it returns. Never waits.
    virtual void run(const ActionRequest &request, Done done) = 0;
};

/// Where words run.
enum class WordsRun {
    Automatic, ///< as transient units where systemd runs (sd_booted(3)), else as children
    AsUnits,
    AsChildren
};

struct RunnerSettings
{
    WordsRun words = WordsRun::Automatic;
    QString busAddress; ///< of the message bus; empty: the system's own
    std::chrono::milliseconds grace{5000}; ///< between TERM and KILL
};

/// What the executor uses: units through systemd, words as the settings say.
std::unique_ptr<ActionRunner> makeActionRunner(const RunnerSettings &settings = {});

} // namespace Treewarden
