// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/check.h"
#include "shared/core/result.h"

#include <QStringList>

#include <optional>

namespace Treewarden {

/// Reads the parameters of a native check and collects what is wrong with them, so that a person
/// gets everything in one sentence: wrong types, numbers out of bounds. Names that no probe knows
/// were warned about with the configuration.
class Parameters
{
public:
    Parameters(const ServiceDefinition &service, const ProbeCheck &check);

    bool has(const QString &name) const { return m_check.parameters.contains(name); }

    QString text(const QString &name, const QString &fallback = {});
    /// One text or a list of texts.
    QStringList texts(const QString &name);
    /// One number or a list of numbers.
    QList<int> numbers(const QString &name, int least, int most);
    int number(const QString &name, int fallback, int least, int most);
    bool flag(const QString &name, bool fallback = false);
    /// Bytes, or a text with a unit such as "20G".
    std::optional<qint64> amount(const QString &name);
    /// The parameter `port`, else the instance's name when that is a number, else the role's
    /// default, else 0.
    int port();

    void fail(const QString &sentence) { m_errors << sentence; }

    /// Call last.
    Result<void> finish() const;

private:
    const ServiceDefinition &m_service;
    const ProbeCheck &m_check;
    QStringList m_errors;
};

} // namespace Treewarden
