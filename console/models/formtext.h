// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/probeparameters.h"

namespace Treewarden {

/// What people read beside the fields of a configuration's forms.

/// The label of a probe's parameter: "Port".
QString parameterLabel(const QString &name);
/// What it means, a sentence: docs/probes.md in short.
QString parameterHelp(const QString &name, ParameterRule::Kind kind);
/// What a probe looks at, a sentence.
QString probeHelp(const QString &probe);

} // namespace Treewarden
