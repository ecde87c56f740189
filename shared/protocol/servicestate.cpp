// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/servicestate.h"

#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/protocol/messagescan.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

int flappingCount(const QJsonValue &value)
{
    return int(std::clamp<qint64>(jsonInteger(value).value_or(0), 0, 1'000'000));
}

QByteArray toJson(const ServiceState &state)
{
    JsonWriter writer;
    writer.beginObject().key(u"alive");
    state.alive ? writer.value(*state.alive ? 1 : 0) : writer.null();
    writer.member(u"since", state.since)
        .member(u"reason", QStringView(state.reason))
        .member(u"code", QStringView(state.code));
    writer.member(u"args", state.args).member(u"timestamp", state.timestamp);
    writer.member(u"session", QStringView(state.session));
    if (state.flapping > 0)
        writer.member(u"flapping", state.flapping);
    writer.endObject();
    return writer.takeBytes();
}

Result<ServiceState> parseServiceState(const QByteArray &json)
{
    if (auto scanned = scanServiceState(json))
        return *std::move(scanned);
    const auto object = parseJsonObject(json, u"a service's state"_s, 64 * 1024);
    if (!object)
        return object.error();
    ServiceState state;
    if (const auto alive = jsonInteger(object->value(u"alive")))
        state.alive = *alive != 0;
    state.since = jsonInteger(object->value(u"since")).value_or(0);
    state.reason = object->value(u"reason").toString().left(500);
    state.code = object->value(u"code").toString().left(64);
    state.args = object->value(u"args").toObject();
    state.timestamp = jsonInteger(object->value(u"timestamp")).value_or(0);
    state.session = object->value(u"session").toString().left(64);
    state.flapping = flappingCount(object->value(u"flapping"));
    return state;
}

} // namespace Treewarden
