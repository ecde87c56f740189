// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/textprobe.h"

#include "agent/checks/infopairs.h"
#include "agent/probes/childoutput.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// As long as every other check may take that names no timeout of its own.
constexpr ChildOutput::Bounds textBounds{64 * 1024, 2000ms};

class TextProbe : public ServiceProbe
{
public:
    explicit TextProbe(const TextCheck &check)
        : m_check(check)
        , m_shown(oneLine(check.text, 120))
    {
    }

    void check(const ProcSnapshot &, Done done) override
    {
        m_child.run(u"/bin/sh"_s, {u"-c"_s, m_check.text}, textBounds,
                    [this, done = std::move(done)](const Result<QByteArray> &output) {
                        done(judge(output));
                    });
    }

    QString description() const override { return u"the shell text \"%1\""_s.arg(m_shown); }

private:
    CheckResult judge(const Result<QByteArray> &output) const
    {
        if (!output)
            return died(oneLine(output.error().text, 200));
        CheckResult result = CheckResult::isAlive();
        if (m_check.keepsInfo)
            result.info = infoPairs(*output, {});
        const auto number = lastNumber(*output);
        if (number && *number > 0)
            return result;
        CheckResult failed = died(number ? u"the last number that it printed is %1"_s.arg(*number)
                                         : u"it printed no number"_s);
        failed.info = result.info;
        return failed;
    }

    CheckResult died(const QString &why) const
    {
        return CheckResult::died(u"the text check \"%1\" failed: %2"_s.arg(m_shown, why),
                                 u"check.shell"_s, {{u"text"_s, m_shown}, {u"why"_s, why}});
    }

    const TextCheck m_check;
    const QString m_shown;
    ChildOutput m_child;
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

std::optional<double> lastNumber(QByteArrayView output)
{
    qsizetype end = output.size();
    while (end > 0 && !isDigit(output[end - 1]))
        --end;
    qsizetype start = end;
    while (start > 0 && (isDigit(output[start - 1]) || output[start - 1] == '.'))
        --start;
    if (start > 0 && output[start - 1] == '-')
        --start;
    bool isNumber = false;
    const double number = output.sliced(start, end - start).toByteArray().toDouble(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

std::unique_ptr<ServiceProbe> makeTextProbe(const TextCheck &check)
{
    return std::make_unique<TextProbe>(check);
}

} // namespace Treewarden
