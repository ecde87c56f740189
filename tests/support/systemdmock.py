#!/usr/bin/python3
# SPDX-FileCopyrightText: The Treewarden developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays systemd on the bus of DBUS_SYSTEM_BUS_ADDRESS: as much of org.freedesktop.systemd1 as the agent asks.

Commands on standard input, one a line:
    unit NAME LOAD ACTIVE SUB RESULT MAINPID   the unit is so from now on, and says that it changed
    job RESULT                                 a job ended
    quiet                                      no answer from now on
    next RESULT [early|forged]                 jobs end so from now on: a result of JobRemoved, "run" (transient units are
                                               run, others done), "denied", "missing", "never" (no end) or "silent" (no
                                               answer); early: before the call is answered; forged: another says "done" first
    calls                                      prints the calls that ask for a job, one as JSON a line
Prints "ready" when it is on the bus and "done" after each command.
"""
import json
import os
import subprocess
import sys

import dbus
import dbus.lowlevel
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = "org.freedesktop.systemd1"
UNITS = "/org/freedesktop/systemd1/unit/"
units = {}
is_quiet = False
calls = []
job_result, job_manner = "done", ""


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
        return {"ActiveState": self.active, "SubState": self.sub, "ActiveEnterTimestamp": dbus.UInt64(1700000000000000), "Result": self.result,
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

    def queue(self, method, unit, arguments, answer, fail, run=None):
        calls.append([method, unit] + arguments)
        job = dbus.ObjectPath("/org/freedesktop/systemd1/job/%d" % len(calls))
        if job_result == "denied":
            fail(dbus.exceptions.DBusException("Permission denied", name="org.freedesktop.DBus.Error.AccessDenied"))
        elif job_result == "missing":
            fail(dbus.exceptions.DBusException("Unit %s not found." % unit, name=NAME + ".NoSuchUnit"))
        if job_result in ("denied", "missing", "silent"):
            return
        if job_manner == "early":
            self.JobRemoved(len(calls), job, unit, job_result)
        answer(job)
        if job_manner == "forged":
            message = dbus.lowlevel.SignalMessage("/org/freedesktop/systemd1", NAME + ".Manager", "JobRemoved")
            message.append(len(calls), job, unit, "done", signature="uoss")
            stranger.send_message(message)
            stranger.flush()
            GLib.timeout_add(300, lambda: self.JobRemoved(len(calls), job, unit, job_result))
        elif job_manner != "early" and job_result != "never":
            if job_result == "run" and run:
                run()
            self.JobRemoved(len(calls), job, unit, "done" if job_result == "run" else job_result)

    @dbus.service.method(NAME + ".Manager", in_signature="ss", out_signature="o", async_callbacks=("answer", "fail"))
    def StartUnit(self, unit, mode, answer, fail):
        self.queue("StartUnit", unit, [mode], answer, fail)

    @dbus.service.method(NAME + ".Manager", in_signature="ss", out_signature="o", async_callbacks=("answer", "fail"))
    def StopUnit(self, unit, mode, answer, fail):
        self.queue("StopUnit", unit, [mode], answer, fail)

    @dbus.service.method(NAME + ".Manager", in_signature="ss", out_signature="o", async_callbacks=("answer", "fail"))
    def RestartUnit(self, unit, mode, answer, fail):
        self.queue("RestartUnit", unit, [mode], answer, fail)

    @dbus.service.method(NAME + ".Manager", in_signature="ss", out_signature="o", async_callbacks=("answer", "fail"))
    def ReloadUnit(self, unit, mode, answer, fail):
        self.queue("ReloadUnit", unit, [mode], answer, fail)

    @dbus.service.method(NAME + ".Manager", in_signature="ssa(sv)a(sa(sv))", out_signature="o",
                         async_callbacks=("answer", "fail"))
    def StartTransientUnit(self, unit, mode, properties, aux, answer, fail):
        given = dict(properties)
        output = given.pop("StandardOutputFileDescriptor").take()
        program, argv, may_fail = given["ExecStart"][0]

        def run():
            words = [word.replace("$$", "$") for word in argv]
            subprocess.Popen(words, executable=program, stdin=subprocess.DEVNULL, stdout=output, close_fds=True,
                             env={"FROM": "systemd"})
        self.queue("StartTransientUnit", unit, [mode, given, aux], answer, fail, run)
        os.close(output)

    @dbus.service.signal(NAME + ".Manager", signature="uoss")
    def JobRemoved(self, number, path, unit, result):
        pass


def obey(line):
    global is_quiet, job_result, job_manner
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
    elif words[0] == "next":
        job_result, job_manner = (words + [""])[1:3]
    elif words[0] == "calls":
        for call in calls:
            print(json.dumps(call))
        calls.clear()
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
stranger = dbus.SystemBus(private=True)
bus_name = dbus.service.BusName(NAME, bus, do_not_queue=True)
manager = Manager(bus, "/org/freedesktop/systemd1")
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, read)
print("ready", flush=True)
loop.run()
