// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/settings/siteprofile.h"

#include <QDialog>
#include <QPointer>

namespace Treewarden {

class ConsoleFrame;

/// Asks for the passwords of sites, one site after another.
class PasswordAsker : public QObject
{
    Q_OBJECT
public:
    explicit PasswordAsker(ConsoleFrame &frame);

    /// `why` it is not known is a sentence, or empty.
    void ask(const SiteProfile &site, const QString &why);

Q_SIGNALS:
    void told(const QString &id, const QString &password);

private:
    void askNext();

    ConsoleFrame &m_frame;
    QList<std::pair<SiteProfile, QString>> m_wanted; ///< and why
    QPointer<QDialog> m_dialog;
};

} // namespace Treewarden
