// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/connectionform.h"

#include "console/settings/passwords.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardItemModel>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// "&User" and the Chinese "用户(&U)" without the key that they mark.
QString withoutMnemonic(QString label)
{
    static const QRegularExpression mark(u"\\(&.\\)|&"_s);
    return label.remove(mark);
}

/// With a scheme, as people leave it out.
QString fullAddress(const QString &typed)
{
    if (typed.isEmpty() || typed.contains(u"://"_s))
        return typed;
    return (typed.startsWith(u'/') ? u"unix://"_s : u"redis://"_s) + typed;
}

bool isTlsAddress(const QString &address)
{
    return address.startsWith(u"rediss:"_s) || address.startsWith(u"sentinels:"_s);
}

} // namespace

QLineEdit *namedField(const QString &label, const QString &name)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(withoutMnemonic(label));
    field->setMaxLength(2000);
    field->setTextMargins(6, 0, 6, 0);
    return field;
}

ConnectionForm::ConnectionForm(Passwords &passwords, Naming naming, QWidget *parent)
    : QWidget(parent)
    , m_passwords(passwords)
    , m_form(new QFormLayout)
    , m_tls(new QCheckBox(tr("Encrypted (&TLS)")))
    , m_keeping(new QComboBox)
    , m_keepingNote(new TonedLabel({}, TonedLabel::Tone::Caption, TextSize::small))
    , m_message(new TonedLabel)
    , m_test(new QPushButton(tr("Test")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addLayout(m_form);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_form->setVerticalSpacing(8);
    addFields(naming);
    column->addWidget(makeTestRow());
    connect(m_address, &QLineEdit::textChanged, this, &ConnectionForm::showTls);
    connect(m_tls, &QCheckBox::clicked, this, &ConnectionForm::setIsTls);
    connect(m_keeping, &QComboBox::currentIndexChanged, this, &ConnectionForm::showKeeping);
    connect(m_password, &QLineEdit::textEdited, this, [this] {
        m_isPasswordTyped = true;
        tryKeyring();
        showKeeping();
    });
    connect(m_test, &QPushButton::clicked, this, &ConnectionForm::runTest);
    connect(&m_tester, &ConnectionTest::succeeded, this,
            [this](const QString &sentence) { showMessage(sentence, false); });
    connect(&m_tester, &ConnectionTest::failed, this,
            [this](const QString &sentence) { showMessage(sentence, true); });
    setEntry({});
}

void ConnectionForm::addFields(Naming naming)
{
    m_name = addField(tr("&Name"), u"name"_s, tr("what people call the site: Shanghai"));
    m_address = addField(tr("&Address"), u"address"_s,
                         tr("redis://host:6379/0, rediss:// for TLS, unix:///path/redis.sock"));
    m_user = addField(tr("&User"), u"user"_s, tr("only when Redis has users"));
    m_password = addField(tr("&Password"), u"password"_s);
    m_password->setEchoMode(QLineEdit::Password);
    if (naming == Naming::No) {
        m_name->hide();
        m_form->labelForField(m_name)->hide();
    }
    addKeeping();
    m_tls->setObjectName(u"tls"_s);
    m_form->addRow(m_tls);
    m_caFile = addFile(tr("&Certificate authority (PEM)"), u"caFile"_s);
    m_certificateFile = addFile(tr("C&lient certificate (PEM)"), u"certificateFile"_s);
    m_keyFile = addFile(tr("Client &key (PEM)"), u"keyFile"_s);
}

void ConnectionForm::addKeeping()
{
    m_keeping->setObjectName(u"keeping"_s);
    m_keeping->setAccessibleName(tr("Where the password is kept"));
    m_keeping->addItem(tr("Kept in the keyring"), int(PasswordKeeping::Keyring));
    m_keeping->addItem(tr("Not kept: asked for at every start"), int(PasswordKeeping::Asked));
    m_keeping->addItem(tr("Kept in a file that only you can read (0600)"),
                       int(PasswordKeeping::File));
    m_keepingNote->setObjectName(u"keepingNote"_s);
    m_keepingNote->setWordWrap(true);
    auto *both = new QWidget;
    auto *column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_keeping);
    column->addWidget(m_keepingNote);
    m_form->addRow(both);
}

QWidget *ConnectionForm::makeTestRow()
{
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    m_message->setObjectName(u"message"_s);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setMinimumHeight(
        3 * m_message->fontMetrics().height()); // a sentence may come without the window growing
    m_message->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_test->setObjectName(u"test"_s);
    m_test->setAutoDefault(false);
    row->addWidget(m_test, 0, Qt::AlignTop);
    row->addWidget(m_message, 1);
    return widget;
}

QLineEdit *ConnectionForm::addField(const QString &label, const QString &name, const QString &hint)
{
    QLineEdit *field = namedField(label, name);
    field->setPlaceholderText(hint);
    m_form->addRow(label, field);
    connect(field, &QLineEdit::returnPressed, this, &ConnectionForm::submitted);
    connect(field, &QLineEdit::textEdited, this, &ConnectionForm::edited);
    return field;
}

QLineEdit *ConnectionForm::addFile(const QString &label, const QString &name)
{
    QLineEdit *field = namedField(label, name);
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, [this, field] { chooseFile(*field); });
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

void ConnectionForm::chooseFile(QLineEdit &field)
{
    const QString file = QFileDialog::getOpenFileName(
        this, field.accessibleName(), field.text(),
        tr("Certificates and keys (*.pem *.crt *.key);;All files (*)"));
    if (!file.isEmpty())
        field.setText(file);
}

void ConnectionForm::setEntry(const SiteEntry &entry)
{
    m_entry = entry;
    m_isPasswordTyped = entry.password.has_value();
    m_name->setText(entry.site.name);
    m_address->setText(entry.site.address);
    m_user->setText(entry.site.user);
    m_password->setText(entry.password.value_or(QString()));
    m_caFile->setText(entry.site.caFile);
    m_certificateFile->setText(entry.site.certificateFile);
    m_keyFile->setText(entry.site.keyFile);
    const bool isKept = entry.site.keeping != PasswordKeeping::None;
    m_password->setPlaceholderText(!isKept ? tr("only when Redis asks for one")
                                       : entry.site.keeping == PasswordKeeping::Asked
                                       ? tr("asked for at every start")
                                       : tr("kept; type to change it"));
    m_keeping->setCurrentIndex(
        qMax(0, m_keeping->findData(int(isKept ? entry.site.keeping : PasswordKeeping::Keyring))));
    showMessage({}, false);
    showTls();
    showKeeping();
}

SiteEntry ConnectionForm::entry() const
{
    SiteEntry entry = m_entry;
    entry.site.name = m_name->text().trimmed();
    entry.site.address = fullAddress(m_address->text().trimmed());
    entry.site.user = m_user->text();
    entry.site.caFile = m_caFile->text();
    entry.site.certificateFile = m_certificateFile->text();
    entry.site.keyFile = m_keyFile->text();
    if (m_isPasswordTyped)
        entry.password = m_password->text();
    const bool hasPassword = m_isPasswordTyped ? !m_password->text().isEmpty()
                                               : m_entry.site.keeping != PasswordKeeping::None;
    entry.site.keeping
        = hasPassword ? PasswordKeeping(m_keeping->currentData().toInt()) : PasswordKeeping::None;
    return entry;
}

Result<SiteEntry> ConnectionForm::usableEntry() const
{
    SiteEntry usable = entry();
    if (usable.site.address.isEmpty())
        return Error{tr("Type the address of the Redis that the agents report to, such as "
                        "redis://10.0.0.1:6379/0.")};
    const Result<RedisUrl> url = RedisUrl::parse(usable.site.address);
    if (!url)
        return url.error();
    usable.site.address = url->displayText();
    if (usable.site.user.isEmpty())
        usable.site.user = url->user;
    if (!url->password.isEmpty() && usable.password.value_or(QString()).isEmpty()) {
        usable.password = url->password;
        usable.site.keeping = PasswordKeeping(m_keeping->currentData().toInt());
    }
    if (!usable.site.user.isEmpty() && usable.site.keeping == PasswordKeeping::None)
        return Error{tr("User %1 needs a password.").arg(oneLine(usable.site.user, 60))};
    if (usable.site.keeping == PasswordKeeping::Keyring && !m_keyringTrouble.isEmpty())
        return Error{tr("%1 Choose another place for the password.").arg(m_keyringTrouble)};
    return usable;
}

/// Changes the scheme of the address, which is what decides.
void ConnectionForm::setIsTls(bool isTls)
{
    QString address = fullAddress(m_address->text().trimmed());
    if (address.isEmpty())
        address = u"redis://"_s;
    const QString scheme = address.section(u"://"_s, 0, 0), rest = address.section(u"://"_s, 1);
    if (isTls != isTlsAddress(address) && (isTls || scheme.endsWith(u's')))
        m_address->setText((isTls ? scheme + u's' : scheme.chopped(1)) + u"://"_s + rest);
    showTls();
    Q_EMIT edited();
}

/// The certificate files have a meaning with TLS only.
void ConnectionForm::showTls()
{
    const QString address = m_address->text().trimmed();
    const bool isTls = isTlsAddress(address);
    m_tls->setChecked(isTls);
    m_tls->setEnabled(!address.startsWith(u"unix:"_s) && !address.startsWith(u'/'));
    for (const QLineEdit *field : {m_caFile, m_certificateFile, m_keyFile}) {
        QWidget *row = field->parentWidget();
        row->setVisible(isTls);
        m_form->labelForField(row)->setVisible(isTls);
    }
}

/// Says where the password will be, before it is there.
void ConnectionForm::showKeeping()
{
    const SiteEntry now = entry();
    m_keeping->parentWidget()->setVisible(now.site.keeping != PasswordKeeping::None);
    QString note;
    if (!m_keyringTrouble.isEmpty())
        note = tr("%1 The password can be asked for at every start, or lie in a file that only you "
                  "can read.")
                   .arg(m_keyringTrouble);
    else if (now.site.keeping == PasswordKeeping::File)
        note = tr("Not encrypted: whoever can read your files can read it.");
    m_keepingNote->setText(note);
    m_keepingNote->setVisible(!note.isEmpty());
}

/// Asks once, and only when there is something to keep: a keyring may ask the person to unlock it.
void ConnectionForm::tryKeyring()
{
    if (std::exchange(m_isKeyringTried, true))
        return;
    m_passwords.tryKeyring(this, [this](const Result<void> &works) {
        if (works)
            return;
        m_keyringTrouble = works.error().text;
        const int keyring = m_keeping->findData(int(PasswordKeeping::Keyring));
        if (auto *items = qobject_cast<QStandardItemModel *>(m_keeping->model()))
            items->item(keyring)->setEnabled(false);
        if (m_keeping->currentIndex() == keyring)
            m_keeping->setCurrentIndex(m_keeping->findData(int(PasswordKeeping::Asked)));
        showKeeping();
    });
}

void ConnectionForm::runTest()
{
    const Result<SiteEntry> usable = usableEntry();
    if (!usable) {
        showMessage(usable.error().text, true);
        return;
    }
    if (usable->password) {
        testWith(*usable, *usable->password);
        return;
    }
    m_passwords.read(m_entry.site, this, [this, entry = *usable](const Result<QString> &password) {
        if (password)
            testWith(entry, *password);
        else
            showMessage(password.error().text, true);
    });
}

void ConnectionForm::testWith(SiteEntry entry, const QString &password)
{
    Result<RedisUrl> url = entry.site.url();
    if (!url)
        return;
    url->password = password;
    showMessage(tr("Connecting to %1 …").arg(url->displayText()), false);
    m_tester.start(*url);
}

void ConnectionForm::showMessage(const QString &sentence, bool isProblem)
{
    m_message->setText(sentence);
    if (isProblem)
        m_message->setHealth(Health::Died);
    else
        m_message->setTone(TonedLabel::Tone::Text);
}

} // namespace Treewarden
