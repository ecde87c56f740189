// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <dlfcn.h>

namespace Treewarden {

/// Lets Qt believe that a screen reader listens, so that it sends accessibility events. Qt has no
/// public way to say so; this calls what its platform plugins call. False where it can't.
inline bool pretendScreenReader()
{
    using Accessibility = void *(*)(void *);
    using SetActive = void (*)(void *, bool);
    const auto accessibility = reinterpret_cast<Accessibility>(
        ::dlsym(RTLD_DEFAULT, "_ZNK20QPlatformIntegration13accessibilityEv"));
    const auto setActive = reinterpret_cast<SetActive>(
        ::dlsym(RTLD_DEFAULT, "_ZN22QPlatformAccessibility9setActiveEb"));
    if (!accessibility || !setActive)
        return false;
    setActive(accessibility(nullptr), true);
    return true;
}

} // namespace Treewarden
