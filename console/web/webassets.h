// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/web/representation.h"
#include "console/web/webserver.h"

#include <QByteArray>
#include <QString>

#include <map>

namespace Treewarden {

/// The page itself: what lies in the binary under :/web, at `/`, `/favicon.ico` and `/assets/…`.
class WebAssets : public WebContent
{
public:
    explicit WebAssets(const QString &title);

    Found find(QByteArrayView path) override;

private:
    void add(const QByteArray &path, const QByteArray &body, const QString &fileName);

    std::map<QByteArray, Representation, std::less<>> m_files;
};

} // namespace Treewarden
