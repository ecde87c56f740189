// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/trust/signingkey.h"

#include "shared/core/textformat.h"
#include "shared/protocol/serviceid.h"

#include <QFile>
#include <QHash>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView firstLine = "treewarden-signing-key-v1";
constexpr qsizetype longestKeyFile = 4096;
constexpr size_t seedSize = crypto_sign_SEEDBYTES;

std::shared_ptr<unsigned char> lockedMemory(size_t bytes)
{
    // sodium_malloc() locks the pages and keeps them out of core dumps, sodium_free() wipes them.
    return {static_cast<unsigned char *>(sodium_malloc(bytes)), sodium_free};
}

unsigned char *writable(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

const unsigned char *readable(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// What Argon2id is to spend (crypto_pwhash(3)).
struct PassphraseCost
{
    unsigned long long operations = crypto_pwhash_OPSLIMIT_MODERATE;
    size_t memory = crypto_pwhash_MEMLIMIT_MODERATE;

    /// Bounded, so that a hostile file can't take the machine's memory.
    bool isSane() const
    {
        return operations >= crypto_pwhash_OPSLIMIT_MIN && operations <= 64
            && memory >= crypto_pwhash_MEMLIMIT_MIN && memory <= size_t{1} << 30;
    }
};

std::shared_ptr<unsigned char> keyOfPassphrase(const QByteArray &passphrase, const QByteArray &salt,
                                               const PassphraseCost &cost)
{
    auto key = lockedMemory(crypto_secretbox_KEYBYTES);
    if (!key
        || crypto_pwhash(key.get(), crypto_secretbox_KEYBYTES, passphrase.constData(),
                         static_cast<unsigned long long>(passphrase.size()), readable(salt),
                         cost.operations, cost.memory, crypto_pwhash_ALG_ARGON2ID13)
            != 0)
        return nullptr;
    return key;
}

QByteArray randomBytes(size_t count)
{
    QByteArray bytes(qsizetype(count), '\0');
    randombytes_buf(bytes.data(), count);
    return bytes;
}

/// "kdf: argon2id 3 268435456 SALT" and "secret: NONCE BOX", or "kdf: none" and "secret: SEED".
Result<QByteArray> secretLines(const unsigned char *seed, const QByteArray &passphrase)
{
    if (passphrase.isEmpty()) {
        const QByteArray bytes(reinterpret_cast<const char *>(seed), qsizetype(seedSize));
        return QByteArray("kdf: none\nsecret: " + bytes.toBase64() + '\n');
    }
    const PassphraseCost cost;
    const QByteArray salt = randomBytes(crypto_pwhash_SALTBYTES),
                     nonce = randomBytes(crypto_secretbox_NONCEBYTES);
    const auto key = keyOfPassphrase(passphrase, salt, cost);
    if (!key)
        return Error{u"there is not enough memory to encrypt the key (256 MiB)"_s};
    QByteArray box(qsizetype(seedSize + crypto_secretbox_MACBYTES), '\0');
    crypto_secretbox_easy(writable(box), seed, seedSize, readable(nonce), key.get());
    return QByteArray("kdf: argon2id " + QByteArray::number(cost.operations) + ' '
                      + QByteArray::number(qulonglong(cost.memory)) + ' ' + salt.toBase64()
                      + "\nsecret: " + nonce.toBase64() + ' ' + box.toBase64() + '\n');
}

/// The seed of an encrypted file; null when the passphrase is wrong.
Result<std::shared_ptr<unsigned char>> openSeed(const QHash<QByteArray, QByteArray> &lines,
                                                const QByteArray &passphrase)
{
    const QList<QByteArray> kdf = lines.value("kdf").split(' '),
                            secret = lines.value("secret").split(' ');
    const PassphraseCost cost{kdf.value(1).toULongLong(), size_t(kdf.value(2).toULongLong())};
    const auto salt = decodeBase64(kdf.value(3), crypto_pwhash_SALTBYTES);
    const auto nonce = decodeBase64(secret.value(0), crypto_secretbox_NONCEBYTES);
    const auto box = decodeBase64(secret.value(1), seedSize + crypto_secretbox_MACBYTES);
    if (kdf.size() != 4 || kdf[0] != "argon2id" || !cost.isSane() || !salt || !nonce || !box
        || salt->size() != crypto_pwhash_SALTBYTES || nonce->size() != crypto_secretbox_NONCEBYTES
        || box->size() != qsizetype(seedSize + crypto_secretbox_MACBYTES))
        return Error{u"it is damaged: take your copy of it"_s};
    const auto key = keyOfPassphrase(passphrase, *salt, cost);
    if (!key)
        return Error{
            u"there is not enough memory to open it (%1)"_s.arg(formatBytes(qint64(cost.memory)))};
    auto seed = lockedMemory(seedSize);
    if (crypto_secretbox_open_easy(seed.get(), readable(*box),
                                   static_cast<unsigned long long>(box->size()), readable(*nonce),
                                   key.get())
        != 0)
        return Error{u"the passphrase is wrong"_s};
    return seed;
}

Result<QByteArray> readPrivateFile(const QString &path)
{
    // Opening a pipe that nobody writes to would wait for ever.
    const int handle
        = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (handle < 0)
        return Error{qt_error_string(errno)};
    QFile file;
    if (!file.open(handle, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return Error{file.errorString()};
    struct stat status = {};
    if (fstat(file.handle(), &status) != 0 || !S_ISREG(status.st_mode))
        return Error{u"it is no file"_s};
    if ((status.st_mode & 077) != 0)
        return Error{u"others than its owner may read it, so it may have been copied: make a new "
                     u"key, or if you are "
                     "sure, chmod 600 it"_s};
    const QByteArray text = file.read(longestKeyFile + 1);
    if (text.size() > longestKeyFile || !text.startsWith(firstLine.toByteArray() + '\n'))
        return Error{u"it is no signing key: treewarden keygen makes one"_s};
    return text;
}

Result<void> writePrivateFile(const QString &path, const QByteArray &text)
{
    const QByteArray name = QFile::encodeName(path);
    const int file
        = ::open(name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return Error{u"cannot write %1: %2"_s.arg(path, qt_error_string(errno))};
    const bool isWritten
        = ::write(file, text.constData(), size_t(text.size())) == text.size() && fsync(file) == 0;
    const int reason = errno;
    ::close(file);
    if (isWritten)
        return {};
    ::unlink(name.constData());
    return Error{u"cannot write %1: %2"_s.arg(path, qt_error_string(reason))};
}

} // namespace

SigningKey::SigningKey(QString name, Secret seed)
    : m_name(std::move(name))
    , m_seed(std::move(seed))
    , m_secret(lockedMemory(crypto_sign_SECRETKEYBYTES))
{
    QByteArray publicBytes(PublicKey::size, '\0');
    crypto_sign_seed_keypair(writable(publicBytes), m_secret.get(), m_seed.get());
    m_publicKey = PublicKey::fromBytes(publicBytes);
}

Result<SigningKey> SigningKey::generate(const QString &name)
{
    if (const auto ready = prepareCryptography(); !ready)
        return ready.error();
    if (!isValidName(name))
        return Error{u"'%1' is no name for a key: use 1 to 64 of A-Z a-z 0-9 _ . -"_s.arg(
            oneLine(name, 80))};
    auto seed = lockedMemory(seedSize);
    if (!seed)
        return Error{u"this host gives no locked memory for a key (ulimit -l)"_s};
    randombytes_buf(seed.get(), seedSize);
    return SigningKey(name, std::move(seed));
}

Result<SigningKey> SigningKey::read(const QString &path, const AskPassphrase &ask)
{
    const auto wrong = [&path](const QString &why) {
        return Error{u"cannot use the key %1: %2"_s.arg(path, why)};
    };
    if (const auto ready = prepareCryptography(); !ready)
        return ready.error();
    auto text = readPrivateFile(path);
    if (!text)
        return wrong(text.error().text);
    QHash<QByteArray, QByteArray> lines;
    for (const QByteArray &line : text->split('\n')) {
        if (const qsizetype colon = line.indexOf(": "); colon > 0)
            lines.insert(line.left(colon), line.mid(colon + 2));
    }
    const QString name = QString::fromUtf8(lines.value("name"));
    if (!isValidName(name))
        return wrong(u"it is damaged: take your copy of it"_s);
    Secret seed;
    if (lines.value("kdf") == "none") {
        auto bytes = decodeBase64(lines.value("secret"), seedSize);
        if (!bytes || bytes->size() != qsizetype(seedSize))
            return wrong(u"it is damaged: take your copy of it"_s);
        seed = lockedMemory(seedSize);
        std::copy(bytes->begin(), bytes->end(), seed.get());
        sodium_memzero(bytes->data(), seedSize);
    } else {
        auto passphrase = ask ? ask(name) : std::nullopt;
        if (!passphrase)
            return wrong(u"it needs its passphrase"_s);
        auto opened = openSeed(lines, *passphrase);
        sodium_memzero(passphrase->data(), size_t(passphrase->size()));
        if (!opened)
            return wrong(opened.error().text);
        seed = *opened;
    }
    sodium_memzero(text->data(), size_t(text->size()));
    SigningKey key(name, std::move(seed));
    if (key.id().toLatin1() != lines.value("id"))
        return wrong(u"it is damaged: take your copy of it"_s);
    return key;
}

Result<void> SigningKey::write(const QString &path, const QByteArray &passphrase) const
{
    auto secret = secretLines(m_seed.get(), passphrase);
    if (!secret)
        return secret.error();
    QByteArray text = firstLine.toByteArray() + "\nid: " + id().toLatin1()
        + "\nname: " + m_name.toUtf8() + "\npublic: " + m_publicKey.toBase64() + '\n' + *secret;
    auto written = writePrivateFile(path, text);
    sodium_memzero(secret->data(), size_t(secret->size()));
    sodium_memzero(text.data(), size_t(text.size()));
    return written;
}

QByteArray SigningKey::sign(QByteArrayView message) const
{
    QByteArray signature(PublicKey::signatureSize, '\0');
    crypto_sign_detached(writable(signature), nullptr,
                         reinterpret_cast<const unsigned char *>(message.data()),
                         static_cast<unsigned long long>(message.size()), m_secret.get());
    return signature;
}

QByteArray SigningKey::trustedLine() const
{
    return "ed25519 " + m_publicKey.toBase64() + ' ' + m_name.toUtf8() + '\n';
}

} // namespace Treewarden
