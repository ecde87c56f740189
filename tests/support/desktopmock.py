#!/usr/bin/python3
# SPDX-FileCopyrightText: The Treewarden developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a desktop on the session bus: KWallet as QtKeychain asks it, notifications, and the portal's settings.

Commands on standard input, one a line:
    keep         the keyring keeps passwords: so it begins
    refuse       the person does not unlock it
    wait         no answer from the keyring from now on
    dump         prints what it keeps, one FOLDER/KEY=VALUE a line
    messages     prints the notifications so far, one as JSON a line
    click ID     somebody clicks that notification
    colours N    the desktop is dark (1) or light (2) from now on, and says so
Prints "ready" when it is on the bus and "done" after each command.
"""
import json
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

WALLET = "org.kde.KWallet"
NOTIFY = "org.freedesktop.Notifications"
SETTINGS = "org.freedesktop.portal.Settings"
manner = "keep"
scheme = 0
entries = {}
messages = []


class Wallet(dbus.service.Object):
    @dbus.service.method(WALLET, out_signature="s")
    def networkWallet(self):
        return "kdewallet"

    @dbus.service.method(WALLET, in_signature="sxs", out_signature="i", async_callbacks=("answer", "fail"))
    def open(self, _wallet, _window, _program, answer, fail):
        if manner != "wait":
            answer(-1 if manner == "refuse" else 1)

    @dbus.service.method(WALLET, in_signature="isss", out_signature="i")
    def entryType(self, _handle, folder, key, _program):
        return 1 if (folder, key) in entries else 0

    @dbus.service.method(WALLET, in_signature="isss", out_signature="b")
    def hasEntry(self, _handle, folder, key, _program):
        return (folder, key) in entries

    @dbus.service.method(WALLET, in_signature="isss", out_signature="s")
    def readPassword(self, _handle, folder, key, _program):
        return entries.get((folder, key), "")

    @dbus.service.method(WALLET, in_signature="issss", out_signature="i")
    def writePassword(self, _handle, folder, key, value, _program):
        entries[(folder, key)] = value
        return 0

    @dbus.service.method(WALLET, in_signature="isss", out_signature="i")
    def removeEntry(self, _handle, folder, key, _program):
        return 0 if entries.pop((folder, key), None) is not None else -3


class Notifications(dbus.service.Object):
    @dbus.service.method(NOTIFY, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, _program, _replaces, _icon, title, text, actions, _hints, _timeout):
        messages.append({"id": len(messages) + 1, "title": title, "text": text, "actions": list(actions)})
        return len(messages)

    @dbus.service.signal(NOTIFY, signature="us")
    def ActionInvoked(self, number, action):
        pass


class Settings(dbus.service.Object):
    @dbus.service.method(SETTINGS, in_signature="ss", out_signature="v")
    def Read(self, _namespace, _key):
        return dbus.UInt32(scheme, variant_level=1)

    @dbus.service.signal(SETTINGS, signature="ssv")
    def SettingChanged(self, namespace, key, value):
        pass


def obey(_channel, _condition):
    global manner, scheme
    line = sys.stdin.readline()
    if not line:
        loop.quit()
        return False
    word, _, rest = line.strip().partition(" ")
    if word == "dump":
        for (folder, key), value in entries.items():
            print(f"{folder}/{key}={value}", flush=True)
    elif word == "messages":
        for message in messages:
            print(json.dumps(message), flush=True)
    elif word == "click":
        notifications.ActionInvoked(int(rest), "default")
    elif word == "colours":
        scheme = int(rest)
        settings.SettingChanged("org.freedesktop.appearance", "color-scheme", dbus.UInt32(scheme, variant_level=1))
    else:
        manner = word
    print("done", flush=True)
    return True


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
names = [dbus.service.BusName(name, bus) for name in ("org.kde.kwalletd5", NOTIFY, "org.freedesktop.portal.Desktop")]
wallet = Wallet(bus, "/modules/kwalletd5")
notifications = Notifications(bus, "/org/freedesktop/Notifications")
settings = Settings(bus, "/org/freedesktop/portal/desktop")
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, obey)
print("ready", flush=True)
loop.run()
