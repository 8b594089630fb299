#!/bin/sh
# Compiles the client and its tests into build/, without a build tool.
set -eu
# JUnit is one file: junit-platform-console-standalone. Debian has it in the package junit5.
: "${JUNIT:=/usr/share/java/junit-platform-console-standalone.jar}"
javac --release 17 -Xlint:all -Werror -d build -cp "$JUNIT" src/zapsign/*.java test/zapsign/*.java
