// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/nearestname.h"

#include <QList>

#include <algorithm>
#include <utility>

namespace Treewarden {

int editDistance(QStringView a, QStringView b)
{
    a = a.left(64);
    b = b.left(64);
    QList<int> beforeLast, last, row(b.size() + 1);
    for (int j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (int i = 1; i <= a.size(); ++i) {
        beforeLast = std::exchange(last, row);
        row[0] = i;
        for (int j = 1; j <= b.size(); ++j) {
            const int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool isSwapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (isSwapped)
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
    }
    return row.last();
}

QString nearestName(QStringView name, const QStringList &names)
{
    const auto nearest
        = std::min_element(names.begin(), names.end(), [name](const QString &a, const QString &b) {
              return editDistance(name, a) < editDistance(name, b);
          });
    return nearest == names.end() ? QString() : *nearest;
}

} // namespace Treewarden
