// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;

namespace Treewarden {

struct SiteProfile;

/// Asks for the password of a site that is not kept, or could not be read where it is.
class PasswordDialog : public QDialog
{
    Q_OBJECT
public:
    /// `why`: why it is asked, a sentence; empty when it always is.
    PasswordDialog(const SiteProfile &site, const QString &why, QWidget *parent = nullptr);

    QString password() const;

private:
    QLineEdit *m_password;
};

} // namespace Treewarden
