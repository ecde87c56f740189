// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/enroller.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The translation context of candidates.
struct EnrolmentText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::EnrolmentText)
};

QString shownFact(const QJsonValue &value)
{
    if (value.isString())
        return oneLine(value.toString(), 100);
    const auto number = jsonInteger(value);
    return number ? QString::number(*number) : QString();
}

} // namespace

QList<std::pair<QString, QString>> EnrolmentCandidate::facts(qint64 now) const
{
    const QJsonObject told = standing.request.value_or(QJsonObject());
    const auto memory = jsonInteger(told[u"memory_total"_s]);
    const auto asked = jsonInteger(told[u"timestamp"_s]);
    QList<std::pair<QString, QString>> facts{
        {EnrolmentText::tr("Address"), ip},
        {EnrolmentText::tr("Name"), shownFact(told[u"hostname"_s])},
        {EnrolmentText::tr("Machine id"), shownFact(told[u"machine_id"_s])},
        {EnrolmentText::tr("OS"), shownFact(told[u"os"_s])},
        {EnrolmentText::tr("Kernel"), shownFact(told[u"kernel"_s])},
        {EnrolmentText::tr("CPU"), shownFact(told[u"cpu_model"_s])},
        {EnrolmentText::tr("Memory"), memory && *memory > 0 ? formatBytes(*memory) : QString()},
        {EnrolmentText::tr("Agent"), shownFact(told[u"agent_version"_s])},
        {EnrolmentText::tr("Asked"),
         asked && *asked > 0 ? EnrolmentText::tr("%1 ago").arg(formatDuration(now - *asked))
                             : QString()},
    };
    facts.removeIf([](const auto &fact) { return fact.second.isEmpty(); });
    return facts;
}

QStringList EnrolmentCandidate::warnings(qint64 now) const
{
    QStringList warnings;
    const QString asking = oneLine(QString::fromUtf8(standing.askingMachine()), 64);
    if (standing.isOtherMachine())
        warnings << EnrolmentText::tr(
                        "Another machine is enrolled under this address (machine id %1): look who "
                        "asks before you let it take that place.")
                        .arg(oneLine(QString::fromUtf8(standing.enrolled.value("machine_id")), 64));
    else if (!standing.enrolled.isEmpty())
        warnings << EnrolmentText::tr("This server is enrolled already.");
    if (standing.removedAt > 0)
        warnings << EnrolmentText::tr("The server at this address was removed %1 ago.")
                        .arg(formatDuration(now - standing.removedAt));
    if (!standing.removedMachine.isEmpty() && standing.removedMachine != standing.askingMachine())
        warnings << EnrolmentText::tr("It was another machine then (machine id %1).")
                        .arg(oneLine(QString::fromUtf8(standing.removedMachine), 64));
    if (standing.request && asking.isEmpty())
        warnings << EnrolmentText::tr("It tells no machine id, so its configuration is bound to no "
                                      "machine and runs nothing there.");
    return warnings;
}

bool EnrolmentCandidate::isAcceptable() const
{
    const bool isDecided
        = state == State::Reading || state == State::Done || !standing.request.has_value();
    return !isDecided && (standing.enrolled.isEmpty() || (standing.isOtherMachine() && mayReplace));
}

ConfigFields EnrolmentCandidate::configuration() const
{
    if (!standing.enrolled.isEmpty()) {
        ConfigFields fields = standing.enrolled;
        fields.insert("machine_id", standing.askingMachine());
        return fields;
    }
    QJsonObject request = standing.request.value_or(QJsonObject());
    QJsonObject found = request[u"services"_s].toObject();
    for (const Service &service : services) {
        QJsonObject instances = found[service.id.role].toObject();
        if (!service.isChosen)
            instances.remove(service.id.instance);
        if (instances.isEmpty())
            found.remove(service.id.role);
        else
            found.insert(service.id.role, instances);
    }
    request.insert(u"services"_s, found);
    ConfigFields fields = requestedConfig(request);
    if (!standing.askingMachine().isEmpty())
        fields.insert("machine_id", standing.askingMachine().left(64));
    return fields;
}

} // namespace Treewarden
