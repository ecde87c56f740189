// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

/// What a run of `treewarden` left behind.
struct ProgramRun
{
    int code = -1;
    QByteArray output, errors;

    QJsonArray array() const { return QJsonDocument::fromJson(output).array(); }

    QJsonObject object() const { return QJsonDocument::fromJson(output).object(); }

    /// Standard error without its last line feed; a sentence must be one line.
    QByteArray sentence() const { return errors.chopped(errors.endsWith('\n') ? 1 : 0); }
};

/// More of its environment.
using Variables = QHash<QString, QString>;

/// The program with the Redis at `url`, English, no settings, keys or terminal of this machine.
void prepareProgram(QProcess &process, const QString &url, const Variables &variables = {});

/// Runs it to its end.
ProgramRun runProgram(const QString &url, const QStringList &arguments,
                      const QByteArray &input = {}, const Variables &variables = {});

/// What a person at a terminal does: waits until something stands there, then types.
struct Typed
{
    QByteArray after, text;
};

/// Runs it on a terminal of its own to its end; `output` is all that stood there.
ProgramRun runOnTerminal(const QString &url, const QStringList &arguments,
                         const QList<Typed> &typed, const Variables &variables = {});
