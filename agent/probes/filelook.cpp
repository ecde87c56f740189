// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/filelook.h"

#include "shared/core/textformat.h"

#include <QDateTime>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostEntries = 20'000;
constexpr qint64 rescanInterval = 10'000; // ms

qint64 milliseconds(const timespec &time)
{
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

QByteArray folderOf(const QByteArray &path)
{
    const qsizetype slash = path.lastIndexOf('/');
    return slash > 0 ? path.first(slash) : QByteArray("/");
}

/// By the kernel's own number of the file system (statfs(2)): those that never wait for others.
bool isRemoteFolder(const QByteArray &folder)
{
    struct statfs status
    {
    };

    constexpr qint64 xfs = 0x58465342, zfs = 0x2fc12fc1, ntfs3 = 0x7366746e;
    static constexpr qint64 local[] = {EXT4_SUPER_MAGIC,
                                       xfs,
                                       BTRFS_SUPER_MAGIC,
                                       F2FS_SUPER_MAGIC,
                                       TMPFS_MAGIC,
                                       RAMFS_MAGIC,
                                       zfs,
                                       OVERLAYFS_SUPER_MAGIC,
                                       MSDOS_SUPER_MAGIC,
                                       ntfs3,
                                       SQUASHFS_MAGIC,
                                       PROC_SUPER_MAGIC,
                                       SYSFS_MAGIC};
    return statfs(folder.constData(), &status) != 0
        || std::find(std::begin(local), std::end(local), qint64(quint32(status.f_type)))
        == std::end(local);
}

/// The newest file of the folder that fits; the errno of reading the folder, ENOENT without one.
int findNewest(const QByteArray &folder, const QByteArray &pattern, QByteArray *newest)
{
    DIR *directory = opendir(folder.constData());
    if (!directory)
        return errno;
    timespec latest{-1, 0};
    int left = mostEntries;
    while (const dirent *entry = readdir(directory)) {
        struct stat status
        {
        };

        if (--left < 0 || fnmatch(pattern.constData(), entry->d_name, FNM_PERIOD) != 0
            || fstatat(dirfd(directory), entry->d_name, &status, 0) != 0
            || !S_ISREG(status.st_mode))
            continue;
        if (std::pair(status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
            > std::pair(latest.tv_sec, latest.tv_nsec)) {
            latest = status.st_mtim;
            *newest = folder + '/' + entry->d_name;
        }
    }
    closedir(directory);
    return left < 0 ? E2BIG : newest->isEmpty() ? ENOENT : 0;
}

/// Judged once for each state of the file: then its age and size are all that a round looks at.
void readContent(const FileDemands &demands, FileFacts *facts)
{
    const int file = open(facts->path.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    QByteArray bytes(demands.tail, Qt::Uninitialized);
    const ssize_t length = file < 0 ? -1
                                    : pread(file, bytes.data(), size_t(bytes.size()),
                                            std::max<qint64>(facts->size - bytes.size(), 0));
    facts->readError = length < 0 ? errno : 0;
    if (file >= 0)
        close(file);
    bytes.truncate(std::max<ssize_t>(length, 0));
    const auto fits = length < 0 || demands.pattern.isEmpty()
        ? std::optional(true)
        : matchesBounded(bytes, demands.pattern);
    facts->content = length < 0                  ? FileFacts::Content::Unreadable
        : !bytes.contains(demands.text.toUtf8()) ? FileFacts::Content::LacksText
        : !fits                                  ? FileFacts::Content::TooHard
        : *fits                                  ? FileFacts::Content::Fits
                                                 : FileFacts::Content::LacksPattern;
}

QString whenText(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODate);
}

CheckResult fileDied(const QString &kind, const QString &sentence, QJsonObject args,
                     const QString &path)
{
    args.insert(u"path"_s, path);
    return CheckResult::died(sentence, u"file."_s + kind, args);
}

CheckResult judgeContent(const FileFacts &facts, const FileDemands &demands, const QString &path)
{
    const QString text = oneLine(demands.text, 80), pattern = oneLine(demands.pattern, 80);
    const QString said = QString::fromLocal8Bit(std::strerror(facts.readError));
    switch (facts.content) {
    case FileFacts::Content::Unreadable:
        return CheckResult::unknown(u"%1 cannot be read by the agent's user: %2"_s.arg(path, said),
                                    u"file.denied"_s, {{u"path"_s, path}, {u"said"_s, said}});
    case FileFacts::Content::TooHard:
        return CheckResult::unknown(
            u"the pattern \"%1\" takes too long on %2: write a simpler one"_s.arg(pattern, path),
            u"file.pattern"_s, {{u"path"_s, path}, {u"text"_s, pattern}});
    case FileFacts::Content::LacksText:
        return fileDied(u"text"_s, u"the end of %1 does not contain \"%2\""_s.arg(path, text),
                        {{u"text"_s, text}}, path);
    case FileFacts::Content::LacksPattern:
        return fileDied(u"text"_s, u"the end of %1 does not contain \"%2\""_s.arg(path, pattern),
                        {{u"text"_s, pattern}}, path);
    case FileFacts::Content::Fits:
        break;
    }
    return CheckResult::isAlive();
}

} // namespace

bool FileDemands::isPattern() const
{
    const QStringView last = QStringView(path).mid(path.lastIndexOf(u'/') + 1);
    return std::any_of(last.begin(), last.end(), [](QChar c) { return u"*?["_s.contains(c); });
}

std::optional<bool> matchesBounded(const QByteArray &text, const QString &pattern)
{
    const QRegularExpression expression(u"(*LIMIT_MATCH=100000)(*LIMIT_DEPTH=10000)"_s + pattern,
                                        QRegularExpression::MultilineOption);
    const auto match = expression.match(QString::fromUtf8(text));
    return match.isValid() ? std::optional(match.hasMatch()) : std::nullopt;
}

FileFacts lookAtFile(const FileDemands &demands, const FileFacts &last, qint64 now)
{
    struct stat status
    {
    };

    const QByteArray asked = QFile::encodeName(demands.path), folder = folderOf(asked);
    FileFacts facts;
    facts.path = asked;
    facts.isRemote = last.isRemote;
    if (demands.isPattern()) {
        if (stat(folder.constData(), &status) == 0)
            facts.folderChanged = milliseconds(status.st_mtim);
        const bool isKnown = !last.path.isEmpty() && last.error == 0
            && last.folderChanged == facts.folderChanged && now - last.scannedAt < rescanInterval;
        facts.path = isKnown ? last.path : QByteArray();
        facts.scannedAt = isKnown ? last.scannedAt : now;
        if (!isKnown)
            facts.error = findNewest(folder, asked.sliced(asked.lastIndexOf('/') + 1), &facts.path);
    }
    if (facts.error == 0 && stat(facts.path.constData(), &status) != 0)
        facts.error = errno;
    if (last.path.isEmpty()) // the first look
        facts.isRemote = isRemoteFolder(folder);
    if (facts.error != 0) {
        facts.path = asked;
        return facts;
    }
    facts.size = status.st_size;
    facts.modified = milliseconds(status.st_mtim);
    facts.device = status.st_dev;
    facts.inode = status.st_ino;
    const bool isSame = last.error == 0 && last.inode == facts.inode && last.size == facts.size
        && last.modified == facts.modified && last.device == facts.device;
    if (isSame) {
        facts.content = last.content;
        facts.readError = last.readError;
    } else if (demands.readsTail()) {
        readContent(demands, &facts);
    }
    return facts;
}

CheckResult judgeFile(const FileFacts &facts, const FileDemands &demands, qint64 now)
{
    const QString path = QFile::decodeName(facts.path);
    const QString said = QString::fromLocal8Bit(std::strerror(facts.error));
    if (facts.error == ENOENT || facts.error == ENOTDIR)
        return fileDied(u"missing"_s,
                        demands.isPattern() ? u"no file fits %1"_s.arg(path)
                                            : u"the file %1 does not exist"_s.arg(path),
                        {}, path);
    if (facts.error != 0)
        return CheckResult::unknown(u"the agent cannot look at %1: %2"_s.arg(path, said),
                                    u"file.denied"_s, {{u"path"_s, path}, {u"said"_s, said}});
    const qint64 age = now - facts.modified;
    const QString written = whenText(facts.modified);
    if (demands.oldest && age > *demands.oldest * 1000)
        return fileDied(u"old"_s,
                        u"%1 was last written at %2, more than %3 s ago"_s.arg(path, written)
                            .arg(*demands.oldest),
                        {{u"written"_s, written}, {u"oldest"_s, *demands.oldest}}, path);
    if (demands.newest && age < *demands.newest * 1000)
        return fileDied(
            u"young"_s,
            u"%1 was written at %2, less than %3 s ago"_s.arg(path, written).arg(*demands.newest),
            {{u"written"_s, written}, {u"newest"_s, *demands.newest}}, path);
    if (demands.largest && facts.size > *demands.largest)
        return fileDied(u"large"_s, u"%1 has more than %2 bytes"_s.arg(path).arg(*demands.largest),
                        {{u"largest"_s, *demands.largest}}, path);
    if (demands.smallest && facts.size < *demands.smallest)
        return fileDied(u"small"_s, u"%1 has less than %2 bytes"_s.arg(path).arg(*demands.smallest),
                        {{u"smallest"_s, *demands.smallest}}, path);
    return demands.readsTail() ? judgeContent(facts, demands, path) : CheckResult::isAlive();
}

} // namespace Treewarden
