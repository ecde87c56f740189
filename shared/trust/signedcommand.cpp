// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/trust/signedcommand.h"

#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

QByteArray commandSignatureBytes(const QByteArray &payload)
{
    return QByteArray("treewarden-command-v1\0", 22) + payload;
}

CommandEntry signCommand(const CommandRequest &request, const SigningKey &key)
{
    CommandEntry entry;
    entry.payload = toJson(request);
    entry.key = key.id();
    entry.signature = key.sign(commandSignatureBytes(entry.payload)).toBase64();
    return entry;
}

Result<VerifiedCommand> verifyCommand(const CommandEntry &entry, const TrustedKeys &keys)
{
    if (keys.isEmpty())
        return Error{u"this server trusts no key yet: put the line of your FILE.pub into its "
                     u"/etc/treewarden/trusted-keys "
                     "(treewarden keygen makes one)"_s};
    const TrustedKey *key = keys.find(entry.key);
    if (!key)
        return Error{u"the command is signed with the key '%1', which this server does not trust: "
                     u"add its line to the "
                     "server's trusted-keys"_s.arg(oneLine(entry.key, 40))};
    const auto signature = decodeBase64(entry.signature, PublicKey::signatureSize);
    if (!signature || !key->key.verifies(commandSignatureBytes(entry.payload), *signature))
        return Error{
            u"the command's signature is not that of the key %1 (%2): it was forged or changed on its way"_s
                .arg(key->name, entry.key)};
    auto request = parseCommandRequest(entry.payload);
    if (!request)
        return request.error();
    return VerifiedCommand{std::move(*request), *key};
}

QString permissionSentence(const VerifiedCommand &command)
{
    const CommandRequest &request = command.request;
    if (!command.key.allowsAction(request.action))
        return u"the key %1 may not %2 on this server: its trusted-keys gives it only %3"_s.arg(
            command.key.name, request.action, command.key.actions.join(u", "_s));
    if (!command.key.allowsRole(request.service.role))
        return u"the key %1 may not act on %2 on this server: its trusted-keys gives it only %3"_s
            .arg(command.key.name, request.service.role, command.key.roles.join(u", "_s));
    return {};
}

} // namespace Treewarden
