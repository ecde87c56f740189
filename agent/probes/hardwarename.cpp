// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/hardwarename.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView unfilled[] = {
    u"to be filled by o.e.m.",
    u"system manufacturer",
    u"system product name",
    u"default string",
    u"not specified",
    u"not applicable",
    u"o.e.m.",
    u"oem",
    u"none",
    u"unknown",
    u"invalid",
    u"system name",
};

QString firmwareText(QByteArrayView text)
{
    const qsizetype nul = text.indexOf('\0'); // a device tree ends its strings so
    const QByteArrayView told = text.first(std::min<qsizetype>(nul < 0 ? text.size() : nul, 512));
    const QString words = QString::fromUtf8(told).simplified().left(120);
    const bool isFilled
        = std::none_of(std::begin(unfilled), std::end(unfilled), [&](QStringView placeholder) {
              return words.compare(placeholder, Qt::CaseInsensitive) == 0;
          });
    return isFilled ? words : QString();
}

} // namespace

QString hardwareName(QByteArrayView vendor, QByteArrayView product)
{
    const QString maker = firmwareText(vendor), model = firmwareText(product);
    if (maker.isEmpty() || model.startsWith(maker, Qt::CaseInsensitive))
        return model;
    return model.isEmpty() ? maker : maker + u' ' + model;
}

} // namespace Treewarden
