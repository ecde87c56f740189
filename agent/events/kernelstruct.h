// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstring>
#include <type_traits>

namespace Treewarden {

/// Takes a struct of the kernel's from the start of `bytes`, wherever they lie. False when they end
/// before it does.
template<typename T>
bool readStruct(QByteArrayView bytes, T *read)
{
    static_assert(std::is_trivially_copyable_v<T>);
    if (size_t(bytes.size()) < sizeof *read)
        return false;
    std::memcpy(read, bytes.data(), sizeof *read);
    return true;
}

} // namespace Treewarden
