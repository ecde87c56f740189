// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/connectiontest.h"
#include "console/settings/sitesaver.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace Treewarden {

class Passwords;
class TonedLabel;

/// Where the Redis of a site is, how to log in and where the password is kept, with a test that
/// says what is wrong.
class ConnectionForm : public QWidget
{
    Q_OBJECT
public:
    enum class Naming { No, Yes };

    explicit ConnectionForm(Passwords &passwords, Naming naming, QWidget *parent = nullptr);

    void setEntry(const SiteEntry &entry);
    /// As the fields stand, usable or not.
    SiteEntry entry() const;
    /// What the fields say, put right; or the sentence why it can't be used.
    Result<SiteEntry> usableEntry() const;

    void runTest();
    void showMessage(const QString &sentence, bool isProblem);

Q_SIGNALS:
    void edited();
    void submitted();

private:
    void addFields(Naming naming);
    QWidget *makeTestRow();
    QLineEdit *addField(const QString &label, const QString &name, const QString &hint = {});
    QLineEdit *addFile(const QString &label, const QString &name);
    void addRow(const QString &label, QWidget *field);
    void addKeeping();
    void chooseFile(QLineEdit &field);
    void setIsTls(bool isTls);
    void showTls();
    void showKeeping();
    void tryKeyring();
    void testWith(SiteEntry entry, const QString &password);

    Passwords &m_passwords;
    SiteEntry m_entry; ///< as it was given
    QFormLayout *m_form;
    QLineEdit *m_name, *m_address, *m_user, *m_password, *m_caFile, *m_certificateFile, *m_keyFile;
    QCheckBox *m_tls;
    QComboBox *m_keeping;
    TonedLabel *m_keepingNote, *m_message;
    QPushButton *m_test;
    ConnectionTest m_tester;
    bool m_isPasswordTyped = false, m_isKeyringTried = false;
    QString m_keyringTrouble;
};

/// A field with a name, wide enough for what it holds.
QLineEdit *namedField(const QString &label, const QString &name);

} // namespace Treewarden
