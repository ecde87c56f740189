// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/duplicatekeys.h"

#include "shared/config/configissues.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace Treewarden {

namespace {

/// An object or array that the scanner is inside of.
struct Container
{
    bool isObject = false;
    bool awaitsName = false;
    QString path;
    QString member; ///< the path of the member whose value comes next
    QSet<QByteArray> names;
};

/// The position after the closing quote of the text that starts at `start`.
qsizetype endOfText(const QByteArray &json, qsizetype start)
{
    qsizetype i = start + 1;
    while (i < json.size() && json[i] != '"')
        i += json[i] == '\\' ? 2 : 1;
    return qMin(i + 1, json.size());
}

/// The name between the quotes of `quoted`, its escapes resolved: "\u0061" is the same member as
/// "a".
QByteArray nameOf(const QByteArray &quoted)
{
    if (!quoted.contains('\\'))
        return quoted.mid(1, quoted.size() - 2);
    return QJsonDocument::fromJson('[' + quoted + ']').array().first().toString().toUtf8();
}

} // namespace

QStringList duplicateKeys(const QByteArray &json, const QString &path, qsizetype maximum)
{
    QStringList found;
    QList<Container> stack;
    for (qsizetype i = 0; i < json.size() && found.size() < maximum; ++i) {
        const char c = json[i];
        if (c == '{' || c == '[') {
            const QString inner = stack.isEmpty() ? path
                : stack.last().isObject           ? stack.last().member
                                                  : stack.last().path;
            stack << Container{c == '{', c == '{', inner, {}, {}};
        } else if ((c == '}' || c == ']') && !stack.isEmpty()) {
            stack.removeLast();
        } else if (c == ',' && !stack.isEmpty()) {
            stack.last().awaitsName = stack.last().isObject;
        } else if (c == '"') {
            const qsizetype end = endOfText(json, i);
            if (!stack.isEmpty() && stack.last().awaitsName) {
                Container &object = stack.last();
                const QByteArray name = nameOf(json.mid(i, end - i));
                object.member = memberPath(object.path, QString::fromUtf8(name));
                object.awaitsName = false;
                if (object.names.contains(name))
                    found << object.member;
                object.names.insert(name);
            }
            i = end - 1;
        }
    }
    return found;
}

} // namespace Treewarden
