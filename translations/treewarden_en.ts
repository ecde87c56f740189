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
</context>
</TS>
