#!/usr/bin/python3
# SPDX-FileCopyrightText: The Treewarden developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays systemd on the bus of DBUS_SYSTEM_BUS_ADDRESS: as much of org.freedesktop.systemd1 as the agent asks.

Commands on standard input, one a line:
    unit NAME LOAD ACTIVE SUB RESULT MAINPID   the unit is so from now on, and says that it changed
    job RESULT                                 a job ended
    quiet                                      no answer from now on
Prints "ready" when it is on the bus and "done" after each command.
"""
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = "org.freedesktop.systemd1"
UNITS = "/org/freedesktop/systemd1/unit/"
units = {}
is_quiet = False


def path_of(name):
    return UNITS + "".join(c if c.isalnum() else "_%02x" % ord(c) for c in name)


class Unit(dbus.service.Object):
    def __init__(self, bus, name):
        super().__init__(bus, path_of(name))
        self.name = name

    def row(self):
        return (self.name, "A unit", self.load, self.active, self.sub, "", dbus.ObjectPath(path_of(self.name)),
                dbus.UInt32(0), "", dbus.ObjectPath("/"))

    @dbus.service.method("org.freedesktop.DBus.Properties", in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return {"ActiveEnterTimestamp": dbus.UInt64(1700000000000000), "Result": self.result,
                "MainPID": dbus.UInt32(self.pid), "NRestarts": dbus.UInt32(3), "MemoryCurrent": dbus.UInt64(2**64 - 1),
                "TasksCurrent": dbus.UInt64(7), "ExecMainStatus": dbus.Int32(5)}[name]

    @dbus.service.signal("org.freedesktop.DBus.Properties", signature="sa{sv}as")
    def PropertiesChanged(self, interface, changed, invalidated):
        pass


class Manager(dbus.service.Object):
    @dbus.service.method(NAME + ".Manager")
    def Subscribe(self):
        pass

    @dbus.service.method(NAME + ".Manager", in_signature="as", out_signature="a(ssssssouso)",
                         async_callbacks=("answer", "fail"))
    def ListUnitsByNames(self, names, answer, fail):
        def row(name):
            if name in units:
                return units[name].row()
            return (name, name, "not-found", "inactive", "dead", "", dbus.ObjectPath(path_of(name)), dbus.UInt32(0), "",
                    dbus.ObjectPath("/"))
        if not is_quiet:
            answer([row(name) for name in names])

    @dbus.service.method(NAME + ".Manager", in_signature="as", out_signature="a(ssssssouso)")
    def ListUnitsFiltered(self, states):
        return [unit.row() for unit in units.values() if unit.active in states]

    @dbus.service.signal(NAME + ".Manager", signature="uoss")
    def JobRemoved(self, number, path, unit, result):
        pass


def obey(line):
    global is_quiet
    words = line.split()
    if words[0] == "unit":
        name = words[1]
        unit = units.setdefault(name, None) or Unit(bus, name)
        units[name] = unit
        unit.load, unit.active, unit.sub, unit.result, unit.pid = *words[2:6], int(words[6])
        unit.PropertiesChanged(NAME + ".Unit", {"ActiveState": unit.active}, [])
    elif words[0] == "job":
        manager.JobRemoved(1, "/org/freedesktop/systemd1/job/1", "some.service", words[1])
    elif words[0] == "quiet":
        is_quiet = True
    print("done", flush=True)


def read(source, condition):
    line = source.readline()
    if not line:
        loop.quit()
        return False
    obey(line)
    return True


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
loop = GLib.MainLoop()
bus = dbus.SystemBus()
bus_name = dbus.service.BusName(NAME, bus, do_not_queue=True)
manager = Manager(bus, "/org/freedesktop/systemd1")
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, read)
print("ready", flush=True)
loop.run()
