// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/jsonoutline.h"
#include "shared/config/serverconfig.h"
#include "shared/trust/signedconfig.h"

namespace Treewarden {

/// What is wrong in a configuration, and where in its document.
struct PlacedIssue
{
    ConfigIssue issue;
    int line = 0; ///< from 1
    int node = -1; ///< of the document's outline: the value that it is about

    bool isError() const { return issue.severity == ConfigIssue::Severity::Error; }
};

/// A configuration as people edit it: one JSON object with a member for each field of the hash
/// server:config:{ip}, laid out for reading. What a save sets (machine_id, version, signer,
/// signature) is not in it. Values stand in it token for token as they are stored.
QByteArray configDocument(const ConfigFields &fields);

/// The same document laid out as configDocument() does; what is no JSON as it is.
QByteArray formattedDocument(const QByteArray &document);

/// The hash that a document means. A field that reads as it does in `base` keeps its bytes; what
/// the document does not hold is taken from there. An error where it is no JSON object.
Result<ConfigFields> fieldsOfDocument(const QByteArray &document, const ConfigFields &base);

/// Everything that is wrong in the document of the server `ip`: as JSON, and as a configuration.
QList<PlacedIssue> documentIssues(const QString &ip, const QByteArray &document,
                                  const ConfigFields &base);

/// A larger one is not edited here, bytes.
inline constexpr qsizetype largestDocument = 4 << 20;

} // namespace Treewarden
