#!/bin/sh
# A jar that starts itself: put it on the PATH as kubectl-kfp, and `kubectl kfp` finds it. Needs Java 17 or newer.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$0" "$@"
