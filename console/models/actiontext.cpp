// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actiontext.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct ActionText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::ActionText)
};

/// One action and how it is spoken of. %1 of `one`: the service or server.
struct ActionWords
{
    QStringView action;
    bool isSystem;
    const char *name;
    const char *one;
    const char *several; ///< %1: how many
    const char *acting; ///< %1: who, %2: what
};

constexpr ActionWords actionWords[] = {
    {u"start", false, QT_TRANSLATE_NOOP("Treewarden::ActionText", "Start"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Start %1"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Start %1 services"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "%1 starts %2")},
    {u"stop", false, QT_TRANSLATE_NOOP("Treewarden::ActionText", "Stop"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Stop %1"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Stop %1 services"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "%1 stops %2")},
    {u"restart", false, QT_TRANSLATE_NOOP("Treewarden::ActionText", "Restart"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Restart %1"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Restart %1 services"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "%1 restarts %2")},
    {u"reload", false, QT_TRANSLATE_NOOP("Treewarden::ActionText", "Reload"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Reload %1"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Reload %1 services"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "%1 reloads %2")},
    {u"refresh", false, QT_TRANSLATE_NOOP("Treewarden::ActionText", "Check now"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Check %1"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Check %1 services"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "%1 has %2 checked")},
    {u"ping", false, QT_TRANSLATE_NOOP("Treewarden::ActionText", "Ping"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Ping %1"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Ping %1 services"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "%1 pings %2")},
    {u"restart", true, QT_TRANSLATE_NOOP("Treewarden::ActionText", "Restart server"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Restart server %1"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Restart %1 servers"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "%1 restarts server %2")},
    {u"shutdown", true, QT_TRANSLATE_NOOP("Treewarden::ActionText", "Shut down server"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Shut down server %1"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Shut down %1 servers"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "%1 shuts down server %2")},
    {u"refresh", true, QT_TRANSLATE_NOOP("Treewarden::ActionText", "Check now"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Check server %1"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Check %1 servers"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "%1 has server %2 checked")},
    {u"ping", true, QT_TRANSLATE_NOOP("Treewarden::ActionText", "Ping"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Ping server %1"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "Ping %1 servers"),
     QT_TRANSLATE_NOOP("Treewarden::ActionText", "%1 pings server %2")},
};

const ActionWords *wordsOf(const QString &action, bool isSystem)
{
    const auto *found = std::find_if(
        std::begin(actionWords), std::end(actionWords), [&](const ActionWords &words) {
            return words.action == action && words.isSystem == isSystem;
        });
    return found == std::end(actionWords) ? nullptr : found;
}

QString onePhrase(const QString &action, bool isSystem, const QString &what)
{
    if (const ActionWords *words = wordsOf(action, isSystem))
        return ActionText::tr(words->one).arg(what);
    return ActionText::tr("%1: %2", "an action, a service").arg(oneLine(action, 64), what);
}

bool areOnOneServer(const QList<CommandOrder> &orders)
{
    return std::all_of(orders.begin(), orders.end(),
                       [&](const CommandOrder &order) { return order.ip == orders.first().ip; });
}

} // namespace

QString actionName(const QString &action, bool isSystem)
{
    const ActionWords *words = wordsOf(action, isSystem);
    return words ? ActionText::tr(words->name) : oneLine(action, 64);
}

QString actionVerb(const QList<CommandOrder> &orders)
{
    if (orders.isEmpty())
        return {};
    const CommandOrder &first = orders.first();
    if (orders.size() == 1)
        return isSystem(first) ? actionName(first.action, true)
                               : onePhrase(first.action, false,
                                           serviceName(first.service.role, first.service.instance));
    const QString count = QLocale().toString(orders.size());
    if (const ActionWords *words = wordsOf(first.action, isSystem(first)))
        return ActionText::tr(words->several).arg(count);
    return ActionText::tr("%1: %2 services", "an action, how many")
        .arg(oneLine(first.action, 64), count);
}

QString actionPhrase(const FleetState &state, const QList<CommandOrder> &orders)
{
    if (orders.isEmpty())
        return {};
    const CommandOrder &first = orders.first();
    const QString where = serverText(state, first.ip);
    if (isSystem(first))
        return orders.size() == 1 ? onePhrase(first.action, true, where) : actionVerb(orders);
    if (!areOnOneServer(orders))
        return actionVerb(orders);
    return ActionText::tr("%1 on %2", "an action and its object, the server")
        .arg(actionVerb(orders), where);
}

QString actionOn(const QString &action, const QString &what)
{
    return onePhrase(action, false, what);
}

QString actingText(const FleetState &state, const CommandOrder &order, const QString &who)
{
    const QString name = who.isEmpty() ? ActionText::tr("Somebody") : oneLine(who, 64);
    const QString what = isSystem(order)
        ? serverText(state, order.ip)
        : ActionText::tr("%1 on %2", "a service, the server")
              .arg(serviceName(order.service.role, order.service.instance),
                   serverText(state, order.ip));
    if (const ActionWords *words = wordsOf(order.action, isSystem(order)))
        return ActionText::tr(words->acting).arg(name, what);
    return ActionText::tr("%1 does %2 with %3").arg(name, oneLine(order.action, 64), what);
}

QString outcomeText(CommandState state)
{
    switch (state) {
    case CommandState::Accepted:
        return ActionText::tr("accepted");
    case CommandState::Running:
        return ActionText::tr("running");
    case CommandState::Done:
        return ActionText::tr("done");
    case CommandState::Failed:
        return ActionText::tr("failed");
    case CommandState::Refused:
        return ActionText::tr("refused");
    case CommandState::Expired:
        return ActionText::tr("expired");
    case CommandState::Unknown:
        return ActionText::tr("not known");
    case CommandState::Verified:
        return ActionText::tr("alive again");
    case CommandState::Unverified:
        return ActionText::tr("not alive");
    }
    return {};
}

QString spentText(qint64 milliseconds)
{
    if (milliseconds < 1000)
        return ActionText::tr("%1 ms").arg(milliseconds);
    if (milliseconds < 60'000)
        return ActionText::tr("%1 s").arg(QLocale().toString(double(milliseconds) / 1000, 'f', 1));
    return formatDuration(milliseconds);
}

namespace {

QString toldText(const CommandProgress &progress)
{
    const QString detail = oneLine(progress.detail, 300);
    const auto with = [&detail](const QString &words) {
        return detail.isEmpty() ? words
                                : ActionText::tr("%1: %2", "outcome: why").arg(words, detail);
    };
    switch (progress.state.value_or(CommandState::Unknown)) {
    case CommandState::Accepted:
        return ActionText::tr("accepted, it waits for its turn");
    case CommandState::Running:
        return ActionText::tr("running");
    case CommandState::Done:
        return progress.isAwaited ? ActionText::tr("done in %1, waiting for its check to say alive")
                                        .arg(spentText(progress.took))
                                  : ActionText::tr("done in %1").arg(spentText(progress.took));
    case CommandState::Failed:
        return with(ActionText::tr("failed"));
    case CommandState::Refused:
        return with(ActionText::tr("refused"));
    case CommandState::Expired:
        return ActionText::tr("not run: it reached the server too late");
    case CommandState::Unknown:
        return with(ActionText::tr("not known whether it ran to its end"));
    case CommandState::Verified:
        return ActionText::tr("alive again after %1").arg(spentText(progress.took));
    case CommandState::Unverified:
        return with(ActionText::tr("it ran, but it is not alive"));
    }
    return {};
}

} // namespace

QString progressText(const CommandProgress &progress)
{
    switch (progress.stage) {
    case CommandProgress::Stage::Sending:
        return ActionText::tr("sending");
    case CommandProgress::Stage::Sent:
        return ActionText::tr("sent, waiting for the server");
    case CommandProgress::Stage::NotSent:
        return ActionText::tr("not sent: %1").arg(oneLine(progress.detail, 300));
    case CommandProgress::Stage::NoAnswer:
        return progress.detail.isEmpty() ? ActionText::tr("no answer; whether it ran is not known")
                                         : oneLine(progress.detail, 300);
    case CommandProgress::Stage::Told:
        return toldText(progress);
    }
    return {};
}

std::optional<Health> outcomeHealth(CommandState state)
{
    switch (state) {
    case CommandState::Accepted:
    case CommandState::Running:
        return std::nullopt;
    case CommandState::Done:
    case CommandState::Verified:
        return Health::Alive;
    case CommandState::Failed:
    case CommandState::Unverified:
        return Health::Died;
    case CommandState::Refused:
    case CommandState::Expired:
        return Health::Degraded;
    case CommandState::Unknown:
        return Health::Unknown;
    }
    return std::nullopt;
}

std::optional<Health> progressHealth(const CommandProgress &progress)
{
    if (!progress.isOver())
        return std::nullopt;
    if (progress.stage == CommandProgress::Stage::NotSent)
        return Health::Degraded;
    if (progress.stage == CommandProgress::Stage::NoAnswer || !progress.state)
        return Health::Unknown;
    return outcomeHealth(*progress.state);
}

} // namespace Treewarden
