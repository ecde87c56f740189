// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/runagent.h"

int main(int argc, char **argv)
{
    return int(Treewarden::runAgent(argc, argv));
}
