// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/webassets.h"

#include <QDirIterator>
#include <QFile>

static void loadWebResources()
{
    Q_INIT_RESOURCE(web); // a static library's resources are not registered by themselves
}

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QByteArray typeOf(const QString &fileName)
{
    static const std::pair<QString, QByteArray> types[] = {
        {u".html"_s, "text/html; charset=utf-8"},
        {u".css"_s, "text/css; charset=utf-8"},
        {u".js"_s, "text/javascript; charset=utf-8"},
        {u".svg"_s, "image/svg+xml"},
        {u".png"_s, "image/png"},
    };
    for (const auto &[ending, type] : types) {
        if (fileName.endsWith(ending))
            return type;
    }
    return "application/octet-stream";
}

} // namespace

WebAssets::WebAssets(const QString &title)
{
    loadWebResources();
    QDirIterator files(u":/web"_s, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue; // a resource that is listed can be read
        const QByteArray body = file.readAll();
        if (files.fileName() == "index.html"_L1)
            add("/", QByteArray(body).replace("%TITLE%", title.toHtmlEscaped().toUtf8()),
                files.fileName());
        else if (files.fileName() == "favicon.png"_L1)
            add("/favicon.ico", body, files.fileName());
        else
            add("/assets/" + files.fileName().toUtf8(), body, files.fileName());
    }
}

void WebAssets::add(const QByteArray &path, const QByteArray &body, const QString &fileName)
{
    m_files.try_emplace(path, body, typeOf(fileName));
}

WebContent::Found WebAssets::find(QByteArrayView path)
{
    const auto file = m_files.find(path);
    return file == m_files.end() ? Found{} : Found{&file->second};
}

} // namespace Treewarden
