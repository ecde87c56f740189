// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/keeper.h"
#include "agent/executor/runexecutor.h"

int main(int argc, char **argv)
{
    // A keeper is a small process of one thread: nothing of Qt comes before it.
    if (Treewarden::isKeeperCall(argc, argv))
        return Treewarden::runKeeper(argc, argv);
    return int(Treewarden::runExecutor(argc, argv));
}
