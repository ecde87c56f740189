// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
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

/// The program with the Redis at `url`, English, no settings of this machine.
void prepareProgram(QProcess &process, const QString &url);

/// Runs it to its end.
ProgramRun runProgram(const QString &url, const QStringList &arguments,
                      const QByteArray &input = {});
