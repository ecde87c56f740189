// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/actionrunner.h"

#include "agent/executor/childprocess.h"
#include "agent/executor/keeperlink.h"
#include "agent/executor/transientunit.h"
#include "agent/executor/unitrunner.h"
#include "shared/core/textformat.h"
#include "shared/protocol/serviceid.h"

#include <QFileInfo>
#include <QTimer>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Hands each request to the one that can.
class SortingRunner : public ActionRunner
{
public:
    SortingRunner(std::unique_ptr<ActionRunner> units, std::unique_ptr<ActionRunner> words)
        : m_units(std::move(units))
        , m_words(std::move(words))
    {
    }

    void run(const ActionRequest &request, Done done) override
    {
        const bool isWords = request.argv.value(0).startsWith(u'/');
        if (!isValidName(request.id) || request.timeout <= request.timeout.zero()
            || isWords == !request.unit.isEmpty()) {
            QTimer::singleShot(0, this, [request, done = std::move(done)] {
                done(
                    failedOutcome(u"the command '%1' is no action: it has to have an id, a timeout "
                                  "and either a program or a unit"_s.arg(oneLine(request.id, 64))));
            });
            return;
        }
        (isWords ? m_words : m_units)->run(request, std::move(done));
    }

private:
    const std::unique_ptr<ActionRunner> m_units, m_words;
};

/// sd_booted(3).
bool isSystemdRunning()
{
    return QFileInfo(u"/run/systemd/system"_s).isDir();
}

} // namespace

std::unique_ptr<ActionRunner> makeActionRunner(const RunnerSettings &settings)
{
    const auto jobs = std::make_shared<SystemdJobs>(settings.busAddress);
    const bool isAsUnits = settings.words == WordsRun::AsUnits
        || (settings.words == WordsRun::Automatic && isSystemdRunning());
    std::unique_ptr<ActionRunner> words;
    if (isAsUnits)
        words = std::make_unique<TransientUnit>(jobs, settings.grace);
    else
        words = std::make_unique<ChildProcess>(settings.grace);
    return std::make_unique<SortingRunner>(std::make_unique<UnitRunner>(jobs), std::move(words));
}

} // namespace Treewarden
