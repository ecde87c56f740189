// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/connectiontest.h"
#include "shared/core/result.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Treewarden {

class Preferences;

/// Where the Redis is and how to log in, with a test that says what is wrong.
class ConnectionForm : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionForm(Preferences &preferences, QWidget *parent = nullptr);

    /// What the fields say, remembered but for the password; nothing, and the reason shown below
    /// the fields, where it can't be used.
    std::optional<RedisUrl> submit();
    void runTest();

Q_SIGNALS:
    void submitted();

private:
    Result<RedisUrl> url() const; ///< or the sentence why it can't be used
    std::optional<RedisUrl> usableUrl(); ///< nothing after showing why
    void remember(const RedisUrl &url);
    QLineEdit *addField(const QString &label, const QString &name, const QString &text,
                        const QString &hint = {});
    QLineEdit *addFile(const QString &label, const QString &name, const QString &text);
    void showTls();
    void showMessage(const QString &sentence, bool isProblem);

    Preferences &m_preferences;
    QFormLayout *m_form;
    QLineEdit *m_address, *m_user, *m_password, *m_caFile, *m_certificateFile, *m_keyFile;
    QPushButton *m_test;
    QLabel *m_message;
    ConnectionTest m_tester;
};

} // namespace Treewarden
