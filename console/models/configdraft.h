// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configdifference.h"
#include "console/models/configdocument.h"
#include "shared/fleet/savescripts.h"

#include <memory>

namespace Treewarden {

/// The configuration of one server while somebody edits it.
struct ConfigDraft
{
    /// What Redis told of the server since it was read.
    enum class Standing { Loading, Current, Conflict, Missing, Failed };

    explicit ConfigDraft(const QString &ip = {})
        : ip(ip)
    {
    }

    QString ip;
    Standing standing = Standing::Loading;
    QString trouble; ///< a sentence for Failed and Missing
    ConfigFields base; ///< the version that the draft starts from
    QByteArray baseDocument, document;
    QByteArray machineId; ///< of the machine that reports under the address; empty: none yet
    SaveResult other; ///< for Conflict: the version that stands
    ConfigFields otherFields; ///< and what is in it
    QList<PlacedIssue> issues; ///< of `document`, as it was when it was checked last

    qint64 version() const { return base.value("version").toLongLong(); }

    bool isSigned() const { return !base.value("signature").isEmpty(); }

    bool isReady() const { return standing == Standing::Current || standing == Standing::Conflict; }

    bool isChanged() const { return document != baseDocument; }

    int errorCount() const;

    /// What differs from `baseDocument`.
    const QList<ConfigChange> &changes() const;
    /// Where everything stands in `document`; nullptr while that is no JSON.
    const JsonOutline *outline() const;

    /// Starts again from what Redis holds.
    void start(const ConfigFields &fields);
    /// Puts what was changed here on top of another version, from which the draft starts then.
    void moveOnto(const ConfigFields &fields);
    void check();

private:
    // What was worked out last, for which texts: many look at the same ones.
    mutable QByteArray m_outlined, m_comparedBase, m_compared;
    mutable std::shared_ptr<const JsonOutline> m_outline;
    mutable QList<ConfigChange> m_changes;
};

} // namespace Treewarden
