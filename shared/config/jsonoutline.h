// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QStringList>

namespace Treewarden {

/// One value of a JSON text and where it stands, in bytes.
struct JsonNode
{
    enum class Kind { Object, Array, Text, Other };

    Kind kind = Kind::Other;
    QString name; ///< of a member; empty for an element
    qsizetype nameStart = 0, nameEnd = 0; ///< with the quotes; of an element: its start
    qsizetype start = 0, end = 0;
    QList<int> children; ///< in the order of the text
};

/// Where everything in a JSON text stands, so that a part of it can be shown, named by its line, or
/// changed without touching the rest.
///
/// A path is a list of steps: a member's name; in an array its index, or "#nightly" for the element
/// whose `id` (or `path`, or `name`) is "nightly".
class JsonOutline
{
public:
    /// Reads an object or array of at most `maximum` bytes and bounded depth.
    static Result<JsonOutline> read(const QByteArray &text, const QString &what,
                                    qsizetype maximum = 4 << 20);

    const JsonNode &root() const { return m_nodes.first(); }

    const JsonNode &node(int index) const { return m_nodes[index]; }

    /// The value at a path, or -1. Of members of the same name the last one counts, as everywhere.
    int find(const QStringList &path) const;
    int child(int parent, const QString &step) const;
    /// How the child is called in a path: its name, "#id" where that is unique, else its index.
    QString step(int parent, qsizetype position) const;

    /// The deepest value that a path of ConfigIssue ("services.mysql.3306") leads to; 0: the root.
    int findIssue(const QString &path) const;

    QByteArray textOf(int index) const;
    QJsonValue valueOf(int index) const;
    /// The text in quotes at that index, or an empty one.
    QString stringOf(int index) const;

    /// 1 for the first line.
    int lineAt(qsizetype offset) const;

private:
    int scan(qsizetype &at);
    qsizetype skipSpace(qsizetype at) const;
    qsizetype endOfText(qsizetype start) const;
    QString nameAt(qsizetype start, qsizetype end) const;
    QString keyOf(int index) const;
    int deepest(int index, const QString &prefix, const QString &path, int &depth) const;

    QByteArray m_text;
    QList<JsonNode> m_nodes;
    QList<qsizetype> m_lineEnds;
};

/// The text of any JSON value on one line: QJsonDocument writes only objects and arrays.
QByteArray jsonText(const QJsonValue &value);
/// Without the white space between its tokens; everything else as it stands.
QByteArray minifiedJson(const QByteArray &text);
/// Laid out for people, small objects and lists on one line; its tokens are not touched. `depth`:
/// how far the lines after the first are indented, in steps of four. Text that is no JSON comes
/// back as it is.
QByteArray formattedJson(const QByteArray &text, int depth = 0);

} // namespace Treewarden
