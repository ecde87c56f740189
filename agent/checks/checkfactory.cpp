// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/checkfactory.h"

#include "agent/checks/idiomprobes.h"
#include "agent/checks/textprobe.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// A text that may only run as text: not without a signature and this server's policy.
class UnknownText : public ServiceProbe
{
public:
    /// `why` tells what keeps a recognised shape from being evaluated.
    explicit UnknownText(const QString &text, const QString &why = {})
        : m_sentence(
            why.isEmpty()
                ? u"the text check \"%1\" is none of the recognised shapes and runs only from a "
                  u"signed configuration where "
                  "the policy has shell = allow: sign it, or use a native probe"_s.arg(
                      oneLine(text, 120))
                : u"the text check \"%1\" cannot be evaluated: %2"_s.arg(oneLine(text, 120), why))
        , m_args{{u"text"_s, oneLine(text, 120)}}
    {
        if (!why.isEmpty())
            m_args.insert(u"why"_s, why);
    }

    void check(const ProcSnapshot &, Done done) override
    {
        done(CheckResult::unknown(m_sentence, u"check.text"_s, m_args));
    }

    QString description() const override { return m_sentence; }

private:
    QString m_sentence;
    QJsonObject m_args;
};

std::unique_ptr<ServiceProbe> makeTextCheck(const ServiceDefinition &service,
                                            const TextCheck &check, const ProbeContext &context)
{
    const auto idiom = recogniseShell(check.text);
    if (!idiom || (!idiom->isCount && !check.keepsInfo))
        return context.mayRunText ? makeTextProbe(check)
                                  : std::make_unique<UnknownText>(check.text);
    auto probe = makeIdiomProbe(service, *idiom, context);
    if (probe)
        return std::move(probe).value();
    return std::make_unique<UnknownText>(check.text, probe.error().text);
}

} // namespace

Result<std::unique_ptr<ServiceProbe>>
makeServiceProbe(const ServiceDefinition &service, const Check &check, const ProbeContext &context)
{
    if (const auto *text = std::get_if<TextCheck>(&check))
        return makeTextCheck(service, *text, context);
    const ProbeCheck &probe = std::get<ProbeCheck>(check);
    QStringList names;
    for (const NamedServiceProbe &row : serviceProbes()) {
        if (probe.probe == QLatin1StringView(row.name))
            return row.make(service, probe, context);
        names << QLatin1StringView(row.name);
    }
    return Error{u"%1: there is no probe %2: use one of %3"_s.arg(
        service.id.text(), oneLine(probe.probe, 40), names.join(u", "_s))};
}

} // namespace Treewarden
