// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/updatemessage.h"

#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/protocol/servicestate.h"

#include <QHash>
#include <QJsonArray>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maximumMessage = 256 * 1024, maximumServices = 4096, maximumReason = 500;

void writeTold(JsonWriter &writer, const std::optional<Told> &told)
{
    if (!told)
        return;
    if (told->bySweeper)
        writer.member(u"by", QStringView(u"sweeper"));
    if (!told->session.isEmpty())
        writer.member(u"session", QStringView(told->session)).member(u"n", told->n);
    if (told->isMass)
        writer.member(u"mass", true);
}

void writeAlive(JsonWriter &writer, std::optional<bool> alive)
{
    alive ? writer.value(*alive ? 1 : 0) : writer.null();
}

JsonWriter start(QStringView type, const QString &ip)
{
    JsonWriter writer;
    writer.beginObject().member(u"type", type);
    if (!ip.isEmpty())
        writer.member(u"ip", QStringView(ip));
    return writer;
}

void writeService(JsonWriter &writer, const ServiceId &service)
{
    writer.member(u"role", QStringView(service.role))
        .member(u"instance", QStringView(service.instance));
}

struct Encoder
{
    JsonWriter operator()(const AliveMessage &m) const
    {
        JsonWriter writer = start(u"alive", m.ip);
        writer.member(u"alive", m.alive ? 1 : 0).member(u"timestamp", m.timestamp);
        writeTold(writer, m.told);
        return writer;
    }

    JsonWriter operator()(const WorkloadMessage &m) const
    {
        JsonWriter writer = start(u"workload", m.ip);
        const QByteArrayView info = m.info.json();
        writer.key(u"info").raw(info.isEmpty() ? QByteArrayView("{}") : info);
        writer.member(u"timestamp", m.timestamp);
        return writer;
    }

    JsonWriter operator()(const ServiceMessage &m) const
    {
        JsonWriter writer = start(u"service", m.ip);
        writeService(writer, m.service);
        writeAlive(writer.key(u"alive"), m.alive);
        writer.member(u"timestamp", m.timestamp)
            .member(u"since", m.since)
            .member(u"reason", QStringView(m.reason));
        writer.member(u"code", QStringView(m.code)).member(u"args", m.args);
        if (m.flapping > 0)
            writer.member(u"flapping", m.flapping);
        writeTold(writer, m.told);
        return writer;
    }

    JsonWriter operator()(const ServiceReasonMessage &m) const
    {
        JsonWriter writer = start(u"service-reason", m.ip);
        writeService(writer, m.service);
        writeAlive(writer.key(u"alive"), m.alive);
        writer.member(u"timestamp", m.timestamp).member(u"reason", QStringView(m.reason));
        writer.member(u"code", QStringView(m.code)).member(u"args", m.args);
        return writer;
    }

    JsonWriter operator()(const ServicesMessage &m) const
    {
        JsonWriter writer = start(u"services", m.ip);
        writer.key(u"states").beginObject();
        for (auto it = m.states.begin(); it != m.states.end(); ++it)
            writeAlive(writer.key(it.key()), it.value());
        writer.endObject().member(u"timestamp", m.timestamp);
        return writer;
    }

    JsonWriter operator()(const ServiceRemovedMessage &m) const
    {
        JsonWriter writer = start(u"service-removed", m.ip);
        writeService(writer, m.service);
        writer.member(u"timestamp", m.timestamp);
        writeTold(writer, m.told);
        return writer;
    }

    JsonWriter operator()(const ServiceWorkloadMessage &m) const
    {
        JsonWriter writer = start(u"service-workload", m.ip);
        writeService(writer, m.service);
        writer.member(u"info", m.info).member(u"timestamp", m.timestamp);
        return writer;
    }

    JsonWriter operator()(const InfoMessage &m) const
    {
        JsonWriter writer = start(u"info", m.ip);
        writer.member(u"timestamp", m.timestamp);
        return writer;
    }

    JsonWriter operator()(const ConfigMessage &m) const
    {
        JsonWriter writer = start(u"config", m.ip);
        if (!m.paas.isEmpty())
            writer.member(u"paas", QStringView(m.paas));
        writer.member(u"version", m.version);
        return writer;
    }

    JsonWriter operator()(const AddressMessage &m) const
    {
        JsonWriter writer = start(u"address", m.ip);
        writer.key(u"addresses").beginArray();
        for (const QString &address : m.addresses)
            writer.value(QStringView(address));
        writer.endArray().member(u"timestamp", m.timestamp);
        if (m.hasEnrolled)
            writer.member(u"enrolled", *m.hasEnrolled ? 1 : 0);
        if (!m.reason.isEmpty())
            writer.member(u"reason", QStringView(m.reason));
        writeTold(writer, m.told);
        return writer;
    }

    JsonWriter operator()(const CommandMessage &m) const
    {
        JsonWriter writer(384);
        writer.beginObject().member(u"type", u"command").member(u"id", QStringView(m.id));
        writer.member(u"ip", QStringView(m.ip)).member(u"role", QStringView(m.service.role));
        writer.member(u"instance", QStringView(m.service.instance));
        writer.member(u"action", QStringView(m.action));
        writer.member(u"state", QStringView(commandStateWord(m.state)));
        writer.member(u"exit", m.exit).member(u"detail", QStringView(m.detail));
        writer.member(u"timestamp", m.timestamp);
        const std::pair<QStringView, const QString &> texts[]
            = {{u"key", m.key}, {u"by", m.by}, {u"reason", m.reason}, {u"schedule", m.schedule}};
        for (const auto &[name, text] : texts) {
            if (!text.isEmpty())
                writer.member(name, QStringView(text));
        }
        if (m.took > 0)
            writer.member(u"took", m.took);
        writeTold(writer, m.told);
        return writer;
    }

    JsonWriter operator()(const EventMessage &m) const { return start(u"event", m.ip); }
};

/// Reads the members of one message and remembers the first that is missing or wrong.
struct Reader
{
    QJsonObject object;
    QString wrong;

    QString ip(bool isRequired = true)
    {
        const QString text = object.value(u"ip").toString();
        if (isCanonicalIp(text) || (!isRequired && !object.contains(u"ip")))
            return text;
        wrong = u"ip"_s;
        return {};
    }

    ServiceId service()
    {
        const ServiceId id{object.value(u"role").toString(), object.value(u"instance").toString()};
        if (!isValidName(id.role))
            wrong = u"role"_s;
        else if (!isValidName(id.instance))
            wrong = u"instance"_s;
        return id;
    }

    static std::optional<bool> optionalAlive(const QJsonValue &value)
    {
        const auto number = jsonInteger(value);
        return number ? std::optional(*number != 0) : std::nullopt;
    }

    bool alive()
    {
        const auto value = optionalAlive(object.value(u"alive"));
        if (!value)
            wrong = u"alive"_s;
        return value.value_or(false);
    }

    qint64 timestamp(QStringView name = u"timestamp") const
    {
        return jsonInteger(object.value(name)).value_or(0);
    }

    WorkloadText workload() const
    {
        const QJsonObject info = object.value(u"info").toObject();
        const QByteArray text = compactJson(info);
        return {text, text, figuresOf(readWorkload(info))};
    }

    std::optional<Told> told() const
    {
        Told result;
        result.session = object.value(u"session").toString().left(64);
        result.n = jsonInteger(object.value(u"n")).value_or(0);
        result.bySweeper = object.value(u"by").toString() == u"sweeper";
        result.isMass = object.value(u"mass").toBool();
        return result == Told{} ? std::nullopt : std::optional(result);
    }

    QMap<QString, std::optional<bool>> states() const
    {
        QMap<QString, std::optional<bool>> result;
        const QJsonObject states = object.value(u"states").toObject();
        for (auto it = states.begin(); it != states.end() && result.size() < maximumServices;
             ++it) {
            if (ServiceId::parse(it.key()))
                result.insert(it.key(), optionalAlive(it.value()));
        }
        return result;
    }

    QStringList addresses() const
    {
        QStringList result;
        for (const auto &address : object.value(u"addresses").toArray()) {
            if (isCanonicalIp(address.toString()) && result.size() < 64)
                result << address.toString();
        }
        return result;
    }
};

UpdateMessage readService(Reader &r)
{
    ServiceMessage m;
    m.ip = r.ip();
    m.service = r.service();
    m.alive = Reader::optionalAlive(r.object.value(u"alive"));
    m.timestamp = r.timestamp();
    m.since = r.timestamp(r.object.contains(u"since") ? u"since" : u"timestamp");
    m.reason = r.object.value(u"reason").toString().left(maximumReason);
    m.code = r.object.value(u"code").toString().left(64);
    m.args = r.object.value(u"args").toObject();
    m.told = r.told();
    m.flapping = flappingCount(r.object.value(u"flapping"));
    return m;
}

UpdateMessage readServiceReason(Reader &r)
{
    return ServiceReasonMessage{r.ip(),
                                r.service(),
                                Reader::optionalAlive(r.object.value(u"alive")),
                                r.timestamp(),
                                r.object.value(u"reason").toString().left(maximumReason),
                                r.object.value(u"code").toString().left(64),
                                r.object.value(u"args").toObject()};
}

UpdateMessage readConfig(Reader &r)
{
    ConfigMessage m{r.ip(false), r.object.value(u"paas").toString(),
                    jsonInteger(r.object.value(u"version"))};
    if (!m.paas.isEmpty() && !isValidName(m.paas))
        r.wrong = u"paas"_s;
    return m;
}

UpdateMessage readCommand(Reader &r)
{
    const auto text = [&r](QStringView name, qsizetype longest) {
        return r.object.value(name).toString().left(longest);
    };
    CommandMessage m{r.ip(), text(u"id", 64)};
    m.service = r.service();
    m.action = text(u"action", 64);
    const auto state = parseCommandState(text(u"state", 32));
    if (!state || !isValidName(m.action))
        r.wrong = state ? u"action"_s : u"state"_s;
    m.state = state.value_or(CommandState::Unknown);
    if (const auto exit = jsonInteger(r.object.value(u"exit")); exit && qAbs(*exit) < 1'000'000)
        m.exit = int(*exit);
    m.detail = text(u"detail", maximumReason);
    m.timestamp = r.timestamp();
    m.key = text(u"key", 64);
    m.by = text(u"by", 100);
    m.reason = text(u"reason", maximumReason);
    m.schedule = text(u"schedule", 64);
    m.took = std::clamp<qint64>(jsonInteger(r.object.value(u"took")).value_or(0), 0, 1LL << 40);
    // Who asks for a command may be called as the sweeper is.
    if (const auto told = r.told(); told && (told->n > 0 || !told->session.isEmpty()))
        m.told = Told{told->session, told->n};
    return m;
}

using ReadMessage = UpdateMessage (*)(Reader &);

const QHash<QString, ReadMessage> &messageReaders()
{
    static const QHash<QString, ReadMessage> readers{
        {u"alive"_s,
         [](Reader &r) -> UpdateMessage {
             return AliveMessage{r.ip(), r.alive(), r.timestamp(), r.told()};
         }},
        {u"workload"_s,
         [](Reader &r) -> UpdateMessage {
             return WorkloadMessage{r.ip(), r.workload(), r.timestamp()};
         }},
        {u"service"_s, readService},
        {u"service-reason"_s, readServiceReason},
        {u"services"_s,
         [](Reader &r) -> UpdateMessage {
             return ServicesMessage{r.ip(), r.states(), r.timestamp()};
         }},
        {u"service-removed"_s,
         [](Reader &r) -> UpdateMessage {
             return ServiceRemovedMessage{r.ip(), r.service(), r.timestamp(), r.told()};
         }},
        {u"service-workload"_s,
         [](Reader &r) -> UpdateMessage {
             return ServiceWorkloadMessage{r.ip(), r.service(), r.object.value(u"info").toObject(),
                                           r.timestamp()};
         }},
        {u"info"_s,
         [](Reader &r) -> UpdateMessage {
             return InfoMessage{r.ip(), r.timestamp()};
         }},
        {u"config"_s, readConfig},
        {u"address"_s,
         [](Reader &r) -> UpdateMessage {
             return AddressMessage{r.ip(),
                                   r.addresses(),
                                   r.timestamp(),
                                   r.told(),
                                   Reader::optionalAlive(r.object.value(u"enrolled")),
                                   r.object.value(u"reason").toString().left(maximumReason)};
         }},
        {u"command"_s, readCommand},
        {u"event"_s, [](Reader &r) -> UpdateMessage { return EventMessage{r.ip(false)}; }},
    };
    return readers;
}

} // namespace

QByteArray toJson(const UpdateMessage &message)
{
    JsonWriter writer = std::visit(Encoder{}, message);
    writer.endObject();
    return writer.takeBytes();
}

Result<std::optional<UpdateMessage>> parseUpdateMessage(const QByteArray &json)
{
    auto object = parseJsonObject(json, u"a message on update:info"_s, maximumMessage);
    if (!object)
        return object.error();
    Reader reader{std::move(*object), {}};
    const QString type = reader.object.value(u"type").toString();
    const ReadMessage read = messageReaders().value(type);
    if (!read)
        return std::optional<UpdateMessage>{};
    UpdateMessage message = read(reader);
    if (!reader.wrong.isEmpty()) {
        return Error{u"a message of type '%1' on update:info has no valid %2: it is ignored"_s.arg(
            oneLine(type, 40), reader.wrong)};
    }
    return std::optional(std::move(message));
}

} // namespace Treewarden
