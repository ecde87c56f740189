// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configdraft.h"
#include "shared/config/jsonedit.h"

#include <QObject>
#include <QSet>
#include <QTimer>
#include <QUndoStack>

#include <functional>
#include <optional>

namespace Treewarden {

class FleetSource;

/// The configurations of one or several servers while they are edited together: every change goes
/// to all of them, or to the one that is focused, and can be undone. Reads them by itself and
/// notices when somebody else saves.
class ConfigSession : public QObject
{
    Q_OBJECT
public:
    using Edit = std::function<std::optional<TextSplice>(const ConfigDraft &draft)>;

    ConfigSession(FleetSource &source, const QStringList &ips, QObject *parent = nullptr);

    FleetSource &source() const { return m_source; }

    QStringList ips() const;

    const QList<ConfigDraft> &drafts() const { return m_drafts; }

    const ConfigDraft *draft(const QString &ip) const;

    /// The one that is edited alone, or -1: all of them.
    int focus() const { return m_focus; }

    void setFocus(int index);

    /// Those that a change goes to.
    QList<int> targets() const;

    bool isReady() const; ///< every one of them has been read, or cannot be
    bool isChanged() const;
    int changeCount() const; ///< values that differ, of all
    int errorCount() const;
    int conflictCount() const;

    QUndoStack &undoStack() { return m_undo; }

    /// Makes a change in every target; `text` names it for undo. Gives how many took it.
    int edit(const QString &text, const Edit &edit);
    int set(const QString &text, const QStringList &path, const QJsonValue &value);
    int remove(const QString &text, const QStringList &path);
    int rename(const QString &text, const QStringList &path, const QString &name);
    /// What somebody types into the JSON text of the focused server (or of all, which are the
    /// same): joined with what was typed before into one step of undo.
    void type(const QByteArray &document);

    /// A name that somebody wrote and that could not be taken, so that it can be mended: the last
    /// one, nothing when there was none.
    struct Refusal
    {
        QStringList path; ///< of the field
        int meaning = 0; ///< its FormField::Meaning
        QString text;
    };

    const std::optional<Refusal> &refusal() const { return m_refusal; }

    void setRefusal(const std::optional<Refusal> &refusal) { m_refusal = refusal; }

    /// Takes everything back that was changed, in all of them; can be undone like any change.
    void revert();

    /// Answers to a conflict.
    void putOnTop(const QString &ip);
    void discard(const QString &ip);

    void reload();
    /// What Redis holds for a server; the machine that reports under its address.
    void take(const QString &ip, const ConfigFields &fields, const QByteArray &machineId = {});
    /// The draft of `ip` is saved: `fields` stand now.
    void markSaved(const QString &ip, const ConfigFields &fields);
    void markConflict(const QString &ip, const SaveResult &result);
    /// Checks what was changed at once instead of soon.
    void checkNow();

Q_SIGNALS:
    /// Documents changed: by edits, undo, or since they were read.
    void changed();
    /// Issues are as the documents are.
    void checked();
    /// How servers stand (read, conflict, gone), or which one is focused.
    void standingChanged();

private:
    class SpliceCommand;

    void read(const QString &ip);
    void apply(const QList<std::pair<int, TextSplice>> &splices, bool isUndo);
    int indexOf(const QString &ip) const;
    void forgetUndo();

    FleetSource &m_source;
    QList<ConfigDraft> m_drafts;
    QSet<int> m_unchecked;
    int m_focus = -1;
    QUndoStack m_undo;
    std::optional<Refusal> m_refusal;
    QTimer m_checkSoon;
};

} // namespace Treewarden
