// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionscope.h"
#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// One line of the command palette: a thing that can be opened or done.
struct PaletteItem
{
    enum class Kind { Heading, Server, Service, Role, Tree, Page, Filter, Action, Choice };

    Kind kind = Kind::Heading;
    QString key; ///< by which it is remembered: "server/10.0.0.1", "action/lock"
    QString title;
    QString note; ///< beside the title: an ip
    QString detail; ///< what it is: "Server"; of an action the menu it stands in
    QString shortcut;
    QString icon; ///< of resources/icons/tool-*.svg; empty where `health` stands
    std::optional<Health> health;
    ActionScope target; ///< what can be acted on, or nothing
    bool isEnabled = true;
    QString whyNot; ///< a sentence, when it can't be done now

    /// What of a tree, a server or a page: the part behind the kind.
    QString what() const { return key.section(u'/', 1); }
};

} // namespace Treewarden
