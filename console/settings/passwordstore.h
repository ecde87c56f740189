// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QObject>

#include <functional>

namespace Treewarden {

/// A place where passwords lie, each under the id of its site. What is asked is answered later, and
/// not at all when `context` is gone by then.
class PasswordStore : public QObject
{
    Q_OBJECT
public:
    using Answer = std::function<void(const Result<QString> &)>;
    using Done = std::function<void(const Result<void> &)>;

    using QObject::QObject;

    /// The password, empty when none lies there; or the sentence why it can't be had.
    virtual void read(const QString &id, QObject *context, const Answer &answer) = 0;
    /// An empty password takes away what lies there.
    virtual void write(const QString &id, const QString &password, QObject *context,
                       const Done &done)
        = 0;
};

} // namespace Treewarden
