// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/cronexpression.h"
#include "tests/fuzz/fuzz.h"

#include <QTimeZone>

using namespace Treewarden;

/// A cron expression, and behind a line feed the time to ask from, in minutes since 2024.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const QTimeZone zones[]
        = {QTimeZone::utc(), QTimeZone("Europe/Berlin"), QTimeZone("Australia/Lord_Howe")};
    constexpr qint64 minuteMs = 60'000, start = 1'704'067'200'000;
    const QByteArray input = fuzzInput(data, size).toByteArray();
    const qsizetype end = input.indexOf('\n');
    const auto expression = CronExpression::parse(QString::fromUtf8(input.left(end)));
    if (!fuzzResult(expression))
        return 0;
    const qint64 asked = end < 0 ? 0 : input.mid(end + 1, 8).toLongLong() % 100'000'000;
    for (const QTimeZone &zone : zones) {
        qint64 time = start + asked * minuteMs;
        for (int i = 0; i < 3; ++i) {
            const auto next = expression->next(time, zone);
            fuzzExpect(next || expression->isNeverDue(), "what has a day is due within 41 years");
            if (!next)
                break;
            fuzzExpect(*next > time && *next % minuteMs == 0, "due times are later whole minutes");
            fuzzExpect(*next == expression->next(*next - 1, zone), "due times are found again");
            time = *next;
        }
    }
    return 0;
}
