// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/formbuilder.h"
#include "shared/config/jsonedit.h"

namespace Treewarden {

/// The fields of a rule of `alerts`.
void addAlertFields(FormBuilder &form, const QStringList &entry);

/// What a new value of a field of Meaning::Metric or Meaning::Side makes of the document: what the
/// other metric or side has no use for goes.
std::optional<TextSplice> alertChange(const QByteArray &document, FormField::Meaning meaning,
                                      const QStringList &entry, const QString &value);

/// The JSON of a new rule of that name, its members in the order in which people read them.
QByteArray newAlert(const QString &name);

} // namespace Treewarden
