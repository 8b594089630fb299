#!/bin/sh
# Runs the tests that build.sh has compiled.
set -eu
: "${JUNIT:=/usr/share/java/junit-platform-console-standalone.jar}"
exec java -jar "$JUNIT" --class-path build --scan-class-path --fail-if-no-tests --disable-banner
