// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configsession.h"

#include <QAbstractListModel>

#include <memory>

namespace Treewarden {

/// The parts of a configuration that have a form.
enum class ConfigSection { Services, Controlled, Schedule, Logs, Alerts, Intervals };

/// The field of the hash.
QString sectionField(ConfigSection section);

/// The member by which the elements of a list are known: id, path or name.
QString elementKey(const QString &field);

/// One thing in a part: a service, an action, an entry of the schedule, a log, an alert.
struct ConfigEntry
{
    QStringList path; ///< steps of JsonOutline
    QString title, detail; ///< safe to show
    bool isChanged = false, hasError = false;
    int count = 0; ///< of the servers that are edited, how many have it

    friend bool operator==(const ConfigEntry &, const ConfigEntry &) = default;
};

/// The entries of a part in the targets of a session, each once.
QList<ConfigEntry> configEntries(const ConfigSession &session, ConfigSection section);

/// A new entry with a name that is still free; gives its path, or an empty one where there is no
/// place for it.
QStringList addEntry(ConfigSession &session, ConfigSection section);
QStringList duplicateEntry(ConfigSession &session, const QStringList &path);
void removeEntry(ConfigSession &session, const QStringList &path);

/// They as a list.
class ConfigEntryList : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { DetailRole = Qt::UserRole + 1, ChangedRole, ErrorRole };

    using QAbstractListModel::QAbstractListModel;

    void setSession(const std::shared_ptr<ConfigSession> &session);
    void setSection(ConfigSection section);

    ConfigSection section() const { return m_section; }

    const QList<ConfigEntry> &entries() const { return m_entries; }

    int rowOf(const QStringList &path) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    void rebuild();

private:
    std::shared_ptr<ConfigSession> m_session;
    ConfigSection m_section = ConfigSection::Services;
    QList<ConfigEntry> m_entries;
};

} // namespace Treewarden
