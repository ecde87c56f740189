// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configdraft.h"

#include <algorithm>

namespace Treewarden {

int ConfigDraft::errorCount() const
{
    return int(std::count_if(issues.begin(), issues.end(),
                             [](const PlacedIssue &issue) { return issue.isError(); }));
}

const QList<ConfigChange> &ConfigDraft::changes() const
{
    if (m_compared != document || m_comparedBase != baseDocument) {
        m_compared = document;
        m_comparedBase = baseDocument;
        m_changes = configChanges(baseDocument, document);
    }
    return m_changes;
}

const JsonOutline *ConfigDraft::outline() const
{
    if (m_outlined != document || document.isEmpty()) {
        m_outlined = document;
        m_outline.reset();
        if (const auto read = JsonOutline::read(document, {}, largestDocument))
            m_outline = std::make_shared<const JsonOutline>(*read);
    }
    return m_outline.get();
}

void ConfigDraft::start(const ConfigFields &fields)
{
    base = fields;
    document = baseDocument = configDocument(fields);
    standing = Standing::Current;
    trouble.clear();
    other = {};
    otherFields.clear();
    check();
}

void ConfigDraft::moveOnto(const ConfigFields &fields)
{
    const QByteArray mine = document, old = baseDocument;
    const QList<ConfigChange> changed(changes());
    start(fields);
    // What is no JSON yet has no changes that could be told apart: it is kept as it is.
    const bool isBroken = mine != old && changed.isEmpty();
    document = isBroken ? mine : withChanges(document, changed);
    check();
}

void ConfigDraft::check()
{
    issues = documentIssues(ip, document, base);
}

} // namespace Treewarden
