<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CliText</name>
    <message numerus="yes">
        <source>%n piece(s) of the history cannot be read and are left out</source>
        <translation>
            <numerusform>%n piece of the history cannot be read and is left out</numerusform>
            <numerusform>%n pieces of the history cannot be read and are left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n CPU(s)</source>
        <translation>
            <numerusform>%n CPU</numerusform>
            <numerusform>%n CPUs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n package(s) wait, %1 of them for security</source>
        <translation>
            <numerusform>%n package waits, %1 of them for security</numerusform>
            <numerusform>%n packages wait, %1 of them for security</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n command(s) rejected that nobody vouches for</source>
        <translation>
            <numerusform>%n command rejected that nobody vouches for</numerusform>
            <numerusform>%n commands rejected that nobody vouches for</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n line(s) that are damaged or no records: it is no journal, or somebody changed it</source>
        <translation>
            <numerusform>%1 has %n line that is damaged or no record: it is no journal, or somebody changed it</numerusform>
            <numerusform>%1 has %n lines that are damaged or no records: it is no journal, or somebody changed it</numerusform>
        </translation>
    </message>
</context>
</TS>
