// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/connectionform.h"

#include "console/settings/preferences.h"

#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// "&User" and the Chinese "用户(&U)" without the key that they mark.
QString withoutMnemonic(QString label)
{
    static const QRegularExpression mark(u"\\(&.\\)|&"_s);
    return label.remove(mark);
}

} // namespace

ConnectionForm::ConnectionForm(Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_preferences(preferences)
    , m_form(new QFormLayout)
    , m_test(new QPushButton(tr("Test")))
    , m_message(new QLabel)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addLayout(m_form);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_form->setVerticalSpacing(8);
    m_address = addField(tr("&Address"), u"address"_s, preferences.text(Preference::RedisAddress),
                         tr("redis://host:6379/0, rediss:// for TLS, unix:///path/redis.sock"));
    m_user = addField(tr("&User"), u"user"_s, preferences.text(Preference::RedisUser),
                      tr("only when Redis has users"));
    m_password = addField(tr("&Password"), u"password"_s, {},
                          tr("kept while the console runs, never written down"));
    m_password->setEchoMode(QLineEdit::Password);
    m_caFile = addFile(tr("&Certificate authority (PEM)"), u"caFile"_s,
                       preferences.text(Preference::CaFile));
    m_certificateFile = addFile(tr("C&lient certificate (PEM)"), u"certificateFile"_s,
                                preferences.text(Preference::CertificateFile));
    m_keyFile
        = addFile(tr("Client &key (PEM)"), u"keyFile"_s, preferences.text(Preference::KeyFile));

    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    m_message->setObjectName(u"message"_s);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setMinimumHeight(
        3 * m_message->fontMetrics().height()); // a sentence may come without the window growing
    m_message->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_test->setObjectName(u"test"_s);
    m_test->setAutoDefault(false);
    row->addWidget(m_test, 0, Qt::AlignTop);
    row->addWidget(m_message, 1);
    column->addLayout(row);

    connect(m_address, &QLineEdit::textChanged, this, &ConnectionForm::showTls);
    connect(m_test, &QPushButton::clicked, this, &ConnectionForm::runTest);
    connect(&m_tester, &ConnectionTest::succeeded, this,
            [this](const QString &sentence) { showMessage(sentence, false); });
    connect(&m_tester, &ConnectionTest::failed, this,
            [this](const QString &sentence) { showMessage(sentence, true); });
    showTls();
}

QLineEdit *ConnectionForm::addField(const QString &label, const QString &name, const QString &text,
                                    const QString &hint)
{
    auto *field = new QLineEdit(text);
    field->setObjectName(name);
    field->setPlaceholderText(hint);
    field->setAccessibleName(withoutMnemonic(label));
    field->setMaxLength(2000);
    field->setTextMargins(6, 0, 6, 0);
    m_form->addRow(label, field);
    connect(field, &QLineEdit::returnPressed, this, &ConnectionForm::submitted);
    return field;
}

QLineEdit *ConnectionForm::addFile(const QString &label, const QString &name, const QString &text)
{
    auto *field = new QLineEdit(text);
    field->setObjectName(name);
    field->setAccessibleName(withoutMnemonic(label));
    field->setTextMargins(6, 0, 6, 0);
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, [this, field] {
        const QString file = QFileDialog::getOpenFileName(
            this, field->accessibleName(), field->text(),
            tr("Certificates and keys (*.pem *.crt *.key);;All files (*)"));
        if (!file.isEmpty())
            field->setText(file);
    });
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(field, 1);
    line->addWidget(choose);
    auto *title = new QLabel(label);
    title->setBuddy(field);
    m_form->addRow(title, row);
    return field;
}

/// The certificate files have a meaning with rediss:// only.
void ConnectionForm::showTls()
{
    const bool isTls = m_address->text().trimmed().startsWith(u"rediss:"_s)
        || m_address->text().trimmed().startsWith(u"sentinels:"_s);
    for (const QLineEdit *field : {m_caFile, m_certificateFile, m_keyFile}) {
        QWidget *row = field->parentWidget();
        row->setVisible(isTls);
        m_form->labelForField(row)->setVisible(isTls);
    }
}

Result<RedisUrl> ConnectionForm::url() const
{
    QString address = m_address->text().trimmed();
    if (address.isEmpty())
        return Error{tr("Type the address of the Redis that the agents report to, such as "
                        "redis://10.0.0.1:6379/0.")};
    if (!address.contains(u"://"_s))
        address.prepend(address.startsWith(u'/') ? u"unix://"_s : u"redis://"_s);
    Result<RedisUrl> parsed = RedisUrl::parse(address);
    if (!parsed)
        return parsed;
    RedisUrl url = *parsed;
    if (!m_user->text().isEmpty())
        url.user = m_user->text();
    if (!m_password->text().isEmpty())
        url.password = m_password->text();
    if (!url.user.isEmpty() && url.password.isEmpty())
        return Error{tr("User %1 needs a password.").arg(url.user)};
    url.caFile = m_caFile->text();
    url.certificateFile = m_certificateFile->text();
    url.keyFile = m_keyFile->text();
    return url;
}

std::optional<RedisUrl> ConnectionForm::usableUrl()
{
    const Result<RedisUrl> parsed = url();
    if (parsed)
        return *parsed;
    showMessage(parsed.error().text, true);
    return std::nullopt;
}

std::optional<RedisUrl> ConnectionForm::submit()
{
    const std::optional<RedisUrl> usable = usableUrl();
    if (usable)
        remember(*usable);
    return usable;
}

void ConnectionForm::remember(const RedisUrl &url)
{
    m_preferences.setValue(Preference::RedisAddress, url.displayText());
    m_preferences.setValue(Preference::RedisUser, url.user);
    m_preferences.setValue(Preference::CaFile, url.caFile);
    m_preferences.setValue(Preference::CertificateFile, url.certificateFile);
    m_preferences.setValue(Preference::KeyFile, url.keyFile);
}

void ConnectionForm::runTest()
{
    const std::optional<RedisUrl> usable = usableUrl();
    if (!usable)
        return;
    m_message->setText(tr("Connecting to %1 …").arg(usable->displayText()));
    m_message->setForegroundRole(QPalette::WindowText);
    m_tester.start(*usable);
}

void ConnectionForm::showMessage(const QString &sentence, bool isProblem)
{
    m_message->setText(sentence);
    m_message->setForegroundRole(isProblem ? QPalette::BrightText : QPalette::WindowText);
}

} // namespace Treewarden
