// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/enroller.h"

#include "console/models/fleetsource.h"
#include "console/models/keyring.h"
#include "shared/config/serverconfig.h"
#include "shared/core/textformat.h"
#include "shared/fleet/savescripts.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostFound = 500;

QString foundCheck(const QJsonObject &service)
{
    const QJsonObject check = service[u"alive"_s].toObject();
    if (check.contains(u"cmd"_s))
        return oneLine(check[u"cmd"_s].toString(), 120);
    QStringList words{check[u"probe"_s].toString()};
    for (auto member = check.begin(); member != check.end(); ++member) {
        if (member.key() != u"probe")
            words << member.key() + u' ' + member->toVariant().toString();
    }
    return oneLine(words.join(u", "_s), 120);
}

QList<EnrolmentCandidate::Service> foundServices(const QJsonObject &services)
{
    QList<EnrolmentCandidate::Service> found;
    for (auto role = services.begin(); role != services.end(); ++role) {
        const QJsonObject instances = role->toObject();
        for (auto instance = instances.begin(); instance != instances.end(); ++instance) {
            if (isValidName(role.key()) && isValidName(instance.key())
                && instance.key() != allInstances && found.size() < mostFound)
                found.append(
                    {{role.key(), instance.key()}, foundCheck(instance->toObject()), true});
        }
    }
    return found;
}

} // namespace

Enroller::Enroller(FleetSource &source, KeyRing &keys, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_keys(keys)
{
}

EnrolmentCandidate *Enroller::find(const QString &ip)
{
    const auto found
        = std::find_if(m_candidates.begin(), m_candidates.end(),
                       [&](const EnrolmentCandidate &candidate) { return candidate.ip == ip; });
    return found == m_candidates.end() ? nullptr : &*found;
}

void Enroller::read(const QStringList &ips)
{
    m_candidates.clear();
    for (const QString &ip : ips) {
        EnrolmentCandidate candidate;
        candidate.ip = ip;
        m_candidates << candidate;
    }
    RedisConnection *connection = m_source.connection();
    for (const QString &ip : connection ? ips : QStringList()) {
        connection->pipeline(
            enrolmentStandingWords(ip), this, [this, ip](const QList<RedisReply> &replies) {
                EnrolmentCandidate *candidate = find(ip);
                if (!candidate || candidate->state != EnrolmentCandidate::State::Reading)
                    return;
                QList<RedisValue> values;
                QString trouble;
                for (const RedisReply &reply : replies) {
                    if (!reply.isOk())
                        trouble = reply.error;
                    values << reply.value;
                }
                const auto standing = trouble.isEmpty() ? readEnrolmentStanding(ip, values)
                                                        : Result<EnrolmentStanding>(Error{trouble});
                if (standing)
                    return take(ip, *standing);
                candidate->state = EnrolmentCandidate::State::Failed;
                candidate->sentence = oneLine(standing.error().text, 300);
                Q_EMIT changed();
            });
    }
    Q_EMIT changed();
}

void Enroller::take(const QString &ip, const EnrolmentStanding &standing)
{
    EnrolmentCandidate *candidate = find(ip);
    if (!candidate)
        return;
    candidate->standing = standing;
    candidate->state = EnrolmentCandidate::State::Open;
    if (standing.request)
        candidate->services = foundServices((*standing.request)[u"services"_s].toObject());
    else
        candidate->sentence = tr("It does not ask any more.");
    candidate->isChosen = candidate->isAcceptable();
    Q_EMIT changed();
}

QString Enroller::whyNot() const
{
    if (m_source.isPast())
        return FleetSource::pastSentence();
    if (!m_source.isLive() || !m_source.connection())
        return tr("Redis does not answer: nothing can be decided now.");
    const bool hasChosen = std::any_of(m_candidates.begin(), m_candidates.end(),
                                       [](const EnrolmentCandidate &candidate) {
                                           return candidate.isChosen && candidate.isAcceptable();
                                       });
    return hasChosen ? QString() : tr("No server is chosen that could be accepted.");
}

int Enroller::doneCount() const
{
    return int(std::count_if(m_candidates.begin(), m_candidates.end(), [](const auto &candidate) {
        return candidate.state == EnrolmentCandidate::State::Done;
    }));
}

void Enroller::accept()
{
    if (isRunning() || !whyNot().isEmpty())
        return;
    for (EnrolmentCandidate &candidate : m_candidates) {
        if (candidate.isChosen && candidate.isAcceptable())
            candidate.state = EnrolmentCandidate::State::Waiting;
    }
    connect(m_source.connection(), &QObject::destroyed, this, &Enroller::giveUp);
    m_current = 0;
    next();
}

void Enroller::next()
{
    const auto from = m_candidates.begin() + m_current;
    const auto waiting = std::find_if(from, m_candidates.end(), [](const auto &candidate) {
        return candidate.state == EnrolmentCandidate::State::Waiting;
    });
    if (waiting == m_candidates.end()) {
        m_current = -1;
        Q_EMIT changed();
        Q_EMIT finished();
        return;
    }
    m_current = waiting - m_candidates.begin();
    waiting->state = EnrolmentCandidate::State::Working;
    Q_EMIT changed();
    if (waiting->standing.enrolled.isEmpty())
        enrol(*waiting);
    else
        replace(*waiting);
}

void Enroller::end(EnrolmentCandidate::State state, const QString &sentence)
{
    if (m_current < 0)
        return;
    m_candidates[m_current].state = state;
    m_candidates[m_current].sentence = sentence;
    next();
}

/// Another Redis was chosen: what is owed never comes.
void Enroller::giveUp()
{
    if (!isRunning())
        return;
    for (EnrolmentCandidate &candidate : m_candidates) {
        if (candidate.state == EnrolmentCandidate::State::Waiting
            || candidate.state == EnrolmentCandidate::State::Working) {
            candidate.state = EnrolmentCandidate::State::Failed;
            candidate.sentence = tr("The connection to this Redis was ended before the answer.");
        }
    }
    m_current = -1;
    Q_EMIT changed();
    Q_EMIT finished();
}

void Enroller::enrol(EnrolmentCandidate &candidate)
{
    using State = EnrolmentCandidate::State;
    const SigningKey *key = m_keys.use();
    const ConfigFields fields = versionedConfig(candidate.ip, candidate.configuration(),
                                                candidate.standing.lastVersion + 1, key);
    const ParsedConfig parsed = parseServerConfig(candidate.ip, fields);
    if (!parsed.config)
        return end(State::Failed,
                   tr("Not accepted, what it asks for has errors: %1")
                       .arg(oneLine(parsed.errorText(), 300)));
    m_source.connection()->command(
        enrolmentWords(candidate.ip, fields, m_source.now()), this,
        [this, isSigned = key != nullptr](const RedisReply &reply) {
            if (!reply.isOk())
                return end(State::Failed, tr("Not accepted: %1").arg(oneLine(reply.error, 300)));
            if (reply.value.integer != 1)
                return end(State::Failed, tr("It was enrolled by somebody else meanwhile."));
            end(State::Done,
                isSigned ? tr("Accepted; its configuration is signed.")
                         : tr("Accepted without a signature: it is watched, and runs nothing."));
        },
        RedisConnection::Queueing::Never);
}

/// The machine that asks gets the configuration of the one that was enrolled.
void Enroller::replace(EnrolmentCandidate &candidate)
{
    using State = EnrolmentCandidate::State;
    const SigningKey *key = m_keys.use();
    const qint64 base = candidate.standing.enrolled.value("version").toLongLong();
    if (!key && candidate.standing.enrolled.contains("signature"))
        return end(State::Failed,
                   tr("The configuration that stands is signed: unlock your key to sign it for the "
                      "new machine."));
    const ConfigFields fields
        = versionedConfig(candidate.ip, candidate.configuration(), base + 1, key);
    m_source.connection()->command(
        saveConfigWords(candidate.ip, fields, m_source.now()), this,
        [this, base, ip = candidate.ip](const RedisReply &reply) {
            if (!reply.isOk())
                return end(State::Failed, tr("Not accepted: %1").arg(oneLine(reply.error, 300)));
            if (readSaveResult(reply.value, base).kind != SaveResult::Kind::Stored)
                return end(State::Failed,
                           tr("Somebody else changed its configuration meanwhile: read it again."));
            m_source.connection()->command({"HDEL", Keys::serversPending, ip.toUtf8()}, this,
                                           [](const RedisReply &) {});
            end(State::Done, tr("Accepted in the place of the machine that was enrolled there."));
        },
        RedisConnection::Queueing::Never);
}

void Enroller::reject()
{
    using State = EnrolmentCandidate::State;
    RedisConnection *connection = m_source.connection();
    if (isRunning() || !connection || !m_source.isLive() || m_source.isPast())
        return;
    for (const EnrolmentCandidate &chosen : std::as_const(m_candidates)) {
        if (!chosen.isChosen || chosen.state == State::Done)
            continue;
        connection->command(
            {"HDEL", Keys::serversPending, chosen.ip.toUtf8()}, this,
            [this, ip = chosen.ip](const RedisReply &reply) {
                EnrolmentCandidate *candidate = find(ip);
                if (!candidate)
                    return;
                candidate->state = reply.isOk() ? State::Done : State::Failed;
                candidate->sentence = reply.isOk()
                    ? tr("Sent away; it asks again when its agent starts anew.")
                    : oneLine(reply.error, 300);
                Q_EMIT changed();
                const bool isOver = std::none_of(
                    m_candidates.begin(), m_candidates.end(), [](const EnrolmentCandidate &other) {
                        return other.isChosen && other.state == State::Open;
                    });
                if (isOver)
                    Q_EMIT finished();
            },
            RedisConnection::Queueing::Never);
    }
}

} // namespace Treewarden
