// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/listensource.h"

#include "agent/checks/optionreader.h"

#include <algorithm>

namespace Treewarden {

namespace {

/// Both have nearly the same letters (netstat(8), ss(8)).
std::optional<ShellIdiom> readSockets(const QByteArrayList &words, ShellIdiom::Source source)
{
    static const QHash<QByteArray, char> letters{
        {"--listening", 'l'}, {"--numeric", 'n'}, {"--tcp", 't'},       {"--udp", 'u'},
        {"--unix", 'x'},      {"--all", 'a'},     {"--programs", 'p'},  {"--processes", 'p'},
        {"--ipv4", '4'},      {"--ipv6", '6'},    {"--no-header", 'H'}, {"--wide", 'W'}};
    ShellIdiom idiom;
    idiom.source = source;
    bool isNumeric = false, isListening = false;
    for (const QByteArray &word : words.mid(1)) {
        if (!word.startsWith('-'))
            return std::nullopt; // a filter expression of ss
        const QByteArray options
            = word.startsWith("--") ? QByteArray(1, letters.value(word)) : word.mid(1);
        for (const char letter : options) {
            switch (letter) {
            case 'n':
                isNumeric = true;
                break;
            case 'l':
            case 'a':
                isListening = true;
                break;
            case 't':
            case 'u':
            case 'x':
            case '4':
            case '6':
                idiom.sockets += letter;
                break;
            case 'p':
                idiom.showsOwners = true;
                break;
            case 'H':
            case 'W':
            case 'e':
            case 'o':
                break;
            default:
                return std::nullopt;
            }
        }
    }
    const bool hasOnlyUnix = idiom.sockets == "x";
    return isListening && (isNumeric || hasOnlyUnix) ? std::optional(idiom) : std::nullopt;
}

} // namespace

std::optional<ShellIdiom> readNetstat(const QByteArrayList &words)
{
    return readSockets(words, ShellIdiom::Source::Netstat);
}

std::optional<ShellIdiom> readSs(const QByteArrayList &words)
{
    return readSockets(words, ShellIdiom::Source::Ss);
}

bool asksForOwner(const ShellIdiom &idiom)
{
    const auto hasName = [](const GrepFilter &filter) {
        QString rest = filter.shown.toLower();
        for (const char *known : {"listening", "listen", "tcp6", "udp6", "tcp", "udp", " or ",
                                  "\\b", "\\w", "[[:space:]]"})
            rest.remove(QLatin1StringView(known));
        return !filter.isInverted
            && std::any_of(rest.begin(), rest.end(), [](QChar c) { return c.isLetter(); });
    };
    return idiom.showsOwners && !idiom.sockets.contains('x')
        && std::any_of(idiom.filters.begin(), idiom.filters.end(), hasName);
}

} // namespace Treewarden
