// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QObject>

namespace Treewarden {

class FleetSource;

/// One value that a save changed, one line each, safe to show.
struct FieldChange
{
    QString path; ///< "services.mysql.3306.alive"
    QString before, after; ///< JSON; empty: it was or is not there

    friend bool operator==(const FieldChange &, const FieldChange &) = default;
};

/// What differs between two objects, member by member; lists of objects with a `role` or `id` entry
/// by entry. At most 40 changes, each text cut.
QList<FieldChange> fieldChanges(const QJsonObject &before, const QJsonObject &after);

/// Asks the history of a configuration or a tree what one save changed.
class SavedChange : public QObject
{
    Q_OBJECT
public:
    explicit SavedChange(FleetSource &source, QObject *parent = nullptr);

    /// Of the server, or with `paas` of that tree. An earlier question is forgotten.
    void ask(const QString &ip, const QString &paas, qint64 version);
    void forget();

Q_SIGNALS:
    /// Empty: nothing but the version, or the history does not reach so far back.
    void told(const QList<Treewarden::FieldChange> &changes);

private:
    FleetSource &m_source;
    int m_question = 0;
};

} // namespace Treewarden
