// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The class is an interface; this file gives its meta-object a home.
#include "console/models/actiondesk.h"
