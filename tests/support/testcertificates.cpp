// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcertificates.h"

#include <QDir>
#include <QFile>
#include <QProcess>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

// openssl-ca(1): "openssl x509" cannot make a certificate that has expired.
constexpr char authorityConfiguration[]
    = "[ca]\ndefault_ca=own\n[own]\ndatabase=index\nserial=serial\nnew_certs_dir=.\n"
      "certificate=ca.crt\nprivate_key=ca.key\ndefault_md=sha256\npolicy=any\n"
      "unique_subject=no\nx509_extensions=names\n[any]\ncommonName=supplied\n"
      "[names]\nsubjectAltName=$ENV::NAMES\n";

void writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

TestCertificates::TestCertificates()
{
    QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7755));
    run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
         u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-days"_s, u"3650"_s, u"-subj"_s,
         u"/CN=Authority of a test"_s, u"-keyout"_s, u"ca.key"_s, u"-out"_s, u"ca.crt"_s});
    writeFile(m_folder.filePath(u"conf"_s), authorityConfiguration);
    writeFile(m_folder.filePath(u"index"_s), {});
    writeFile(m_folder.filePath(u"serial"_s), "01\n");
}

TestCertificates::Pair TestCertificates::issue(const QString &names, const QDateTime &from,
                                               const QDateTime &to)
{
    const QString name = QString::number(++m_issued);
    const auto when
        = [](const QDateTime &time) { return time.toUTC().toString(u"yyyyMMddHHmmss'Z'"_s); };
    qputenv("NAMES", names.toUtf8());
    run({u"req"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
         u"-nodes"_s, u"-subj"_s, u"/CN=test"_s, u"-keyout"_s, name + u".key"_s, u"-out"_s,
         name + u".csr"_s});
    run({u"ca"_s, u"-batch"_s, u"-notext"_s, u"-config"_s, u"conf"_s, u"-startdate"_s, when(from),
         u"-enddate"_s, when(to), u"-in"_s, name + u".csr"_s, u"-out"_s, name + u".crt"_s});
    return {m_folder.filePath(name + u".crt"_s), m_folder.filePath(name + u".key"_s)};
}

TestCertificates::Pair TestCertificates::issue(const QString &names, int days)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return issue(names, now.addDays(-1), now.addDays(days).addSecs(3600));
}

void TestCertificates::run(const QStringList &arguments) const
{
    constexpr int patience = 60'000;
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"openssl"_s, arguments);
    if (!process.waitForFinished(patience) || process.exitCode() != 0)
        qFatal("openssl %s: %s", qPrintable(arguments.join(u' ')), process.readAll().constData());
}

} // namespace Treewarden
