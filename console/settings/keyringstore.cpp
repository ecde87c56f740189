// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/keyringstore.h"

#include "shared/core/textformat.h"

#include <QPointer>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

const QString serviceOfKeyring = u"treewarden-console"_s;

QString keyringTrouble(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return KeyringStore::tr("The keyring was not unlocked.");
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return KeyringStore::tr("This desktop has no keyring (no secret service answers).");
    default:
        return KeyringStore::tr("The keyring does not work here: %1")
            .arg(oneLine(job.errorString(), 200));
    }
}

} // namespace

KeyringStore::KeyringStore(std::chrono::milliseconds patience, QObject *parent)
    : PasswordStore(parent)
    , m_patience(patience)
{
}

void KeyringStore::read(const QString &id, QObject *context, const Answer &answer)
{
    auto *job = new QKeychain::ReadPasswordJob(serviceOfKeyring);
    run(job, id, context, [job, answer](const Result<void> &ended) {
        answer(ended ? Result<QString>(job->error() == QKeychain::EntryNotFound ? QString()
                                                                                : job->textData())
                     : Result<QString>(ended.error()));
    });
}

void KeyringStore::write(const QString &id, const QString &password, QObject *context,
                         const Done &done)
{
    if (password.isEmpty()) {
        run(new QKeychain::DeletePasswordJob(serviceOfKeyring), id, context, done);
        return;
    }
    auto *job = new QKeychain::WritePasswordJob(serviceOfKeyring);
    job->setTextData(password);
    run(job, id, context, done);
}

/// QtKeychain works through its jobs one after another and deletes each when it has ended; one that
/// waits for a person is let go, not stopped.
void KeyringStore::run(QKeychain::Job *job, const QString &id, QObject *context,
                       std::function<void(const Result<void> &)> ended)
{
    job->setInsecureFallback(false);
    job->setKey(id);
    auto *patience = new QTimer(this);
    patience->setSingleShot(true);
    const QPointer<QObject> asker(context);
    connect(job, &QKeychain::Job::finished, patience, [job, patience, asker, ended] {
        patience->deleteLater();
        const bool isGood
            = job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound;
        if (asker)
            ended(isGood ? Result<void>() : Result<void>(Error{keyringTrouble(*job)}));
    });
    connect(patience, &QTimer::timeout, this, [this, patience, asker, ended] {
        patience->deleteLater();
        if (asker)
            ended(
                Error{tr("The keyring has not answered for %1 s.").arg(m_patience.count() / 1000)});
    });
    patience->start(m_patience);
    job->start();
}

} // namespace Treewarden
