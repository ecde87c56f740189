// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configsession.h"

#include "console/models/fleetsource.h"

#include <QUndoCommand>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostSteps = 500, commandId = 1;
constexpr qsizetype longestStep = 400; ///< bytes that are joined to one step of undo

} // namespace

/// A change of some documents. What goes on in one place, word for word or value for value, is one
/// step.
class ConfigSession::SpliceCommand : public QUndoCommand
{
public:
    using Splices = QList<std::pair<int, TextSplice>>;

    SpliceCommand(ConfigSession &session, const QString &text, Splices splices)
        : QUndoCommand(text)
        , m_session(session)
        , m_splices(std::move(splices))
    {
    }

    void undo() override { m_session.apply(m_splices, true); }

    void redo() override { m_session.apply(m_splices, false); }

    int id() const override { return commandId; }

    bool mergeWith(const QUndoCommand *next) override
    {
        const Splices &later = static_cast<const SpliceCommand *>(next)->m_splices;
        if (next->text() != text() || later.size() != m_splices.size())
            return false;
        for (qsizetype i = 0; i < later.size(); ++i) {
            if (later[i].first != m_splices[i].first
                || !goesOn(m_splices[i].second, later[i].second))
                return false;
        }
        for (qsizetype i = 0; i < later.size(); ++i) {
            TextSplice &first = m_splices[i].second;
            const TextSplice &second = later[i].second;
            first.inserted.replace(second.at - first.at, second.removed.size(), second.inserted);
        }
        return true;
    }

private:
    /// The later one changes only what the earlier one put there, and begins no new line.
    static bool goesOn(const TextSplice &first, const TextSplice &later)
    {
        const qsizetype end = first.at + first.inserted.size();
        return later.at >= first.at && later.at + later.removed.size() <= end
            && !later.inserted.contains('\n') && first.inserted.size() < longestStep;
    }

    ConfigSession &m_session;
    Splices m_splices;
};

ConfigSession::ConfigSession(FleetSource &source, const QStringList &ips, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
    for (const QString &ip : ips)
        m_drafts << ConfigDraft(ip);
    m_undo.setUndoLimit(mostSteps);
    m_focus = m_drafts.size() == 1 ? 0 : -1;
    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(120ms);
    connect(&m_checkSoon, &QTimer::timeout, this, &ConfigSession::checkNow);
    const auto readAgain = [this](const QString &ip) {
        if (indexOf(ip) >= 0)
            read(ip);
    };
    connect(&source, &FleetSource::configChanged, this, readAgain);
    connect(&source, &FleetSource::serverAdded, this, readAgain);
    connect(&source, &FleetSource::serverRemoved, this, readAgain);
    connect(&source, &FleetSource::reset, this, &ConfigSession::reload);
    reload();
}

QStringList ConfigSession::ips() const
{
    QStringList ips;
    for (const ConfigDraft &draft : m_drafts)
        ips << draft.ip;
    return ips;
}

int ConfigSession::indexOf(const QString &ip) const
{
    for (qsizetype i = 0; i < m_drafts.size(); ++i) {
        if (m_drafts[i].ip == ip)
            return int(i);
    }
    return -1;
}

const ConfigDraft *ConfigSession::draft(const QString &ip) const
{
    const int index = indexOf(ip);
    return index < 0 ? nullptr : &m_drafts[index];
}

void ConfigSession::setFocus(int index)
{
    const int focus = m_drafts.size() == 1 ? 0 : qBound(-1, index, int(m_drafts.size()) - 1);
    if (focus == m_focus)
        return;
    m_focus = focus;
    Q_EMIT standingChanged();
    Q_EMIT changed();
    Q_EMIT checked();
}

QList<int> ConfigSession::targets() const
{
    QList<int> targets;
    for (int i = 0; i < m_drafts.size(); ++i) {
        if (m_drafts[i].isReady() && (m_focus < 0 || m_focus == i))
            targets << i;
    }
    return targets;
}

bool ConfigSession::isReady() const
{
    return std::none_of(m_drafts.begin(), m_drafts.end(), [](const ConfigDraft &draft) {
        return draft.standing == ConfigDraft::Standing::Loading;
    });
}

bool ConfigSession::isChanged() const
{
    return std::any_of(m_drafts.begin(), m_drafts.end(),
                       [](const ConfigDraft &draft) { return draft.isChanged(); });
}

int ConfigSession::changeCount() const
{
    int count = 0;
    for (const ConfigDraft &draft : m_drafts) {
        if (draft.isChanged())
            count += qMax(1, int(draft.changes().size()));
    }
    return count;
}

int ConfigSession::errorCount() const
{
    int count = 0;
    for (const ConfigDraft &draft : m_drafts)
        count += draft.errorCount();
    return count;
}

int ConfigSession::conflictCount() const
{
    return int(std::count_if(m_drafts.begin(), m_drafts.end(), [](const ConfigDraft &draft) {
        return draft.standing == ConfigDraft::Standing::Conflict;
    }));
}

int ConfigSession::edit(const QString &text, const Edit &edit)
{
    QList<std::pair<int, TextSplice>> splices;
    int taken = 0;
    for (const int target : targets()) {
        const auto splice = edit(m_drafts[target]);
        taken += splice.has_value();
        if (splice && !splice->isEmpty())
            splices.append({target, *splice});
    }
    if (!splices.isEmpty())
        m_undo.push(new SpliceCommand(*this, text, splices));
    return taken;
}

int ConfigSession::set(const QString &text, const QStringList &path, const QJsonValue &value)
{
    const QByteArray json = jsonText(value);
    return edit(text,
                [&](const ConfigDraft &draft) { return setJson(draft.document, path, json); });
}

int ConfigSession::remove(const QString &text, const QStringList &path)
{
    return edit(text, [&](const ConfigDraft &draft) { return removeJson(draft.document, path); });
}

int ConfigSession::rename(const QString &text, const QStringList &path, const QString &name)
{
    return edit(text,
                [&](const ConfigDraft &draft) { return renameJson(draft.document, path, name); });
}

void ConfigSession::type(const QByteArray &document)
{
    QList<std::pair<int, TextSplice>> splices;
    for (const int target : targets()) {
        const TextSplice splice = spliceBetween(m_drafts[target].document, document);
        if (!splice.isEmpty())
            splices.append({target, splice});
    }
    if (!splices.isEmpty())
        m_undo.push(new SpliceCommand(*this, tr("Typing"), splices));
}

void ConfigSession::revert()
{
    QList<std::pair<int, TextSplice>> splices;
    for (int i = 0; i < m_drafts.size(); ++i) {
        if (m_drafts[i].isReady() && m_drafts[i].isChanged())
            splices.append({i, spliceBetween(m_drafts[i].document, m_drafts[i].baseDocument)});
    }
    if (!splices.isEmpty())
        m_undo.push(new SpliceCommand(*this, tr("Discard changes"), splices));
}

void ConfigSession::apply(const QList<std::pair<int, TextSplice>> &splices, bool isUndo)
{
    for (const auto &[index, splice] : splices) {
        isUndo ? splice.revert(m_drafts[index].document) : splice.apply(m_drafts[index].document);
        m_unchecked.insert(index);
    }
    m_checkSoon.start();
    Q_EMIT changed();
}

void ConfigSession::checkNow()
{
    m_checkSoon.stop();
    for (const int index : std::as_const(m_unchecked))
        m_drafts[index].check();
    m_unchecked.clear();
    Q_EMIT checked();
}

} // namespace Treewarden
