#!/bin/sh
# Starts the GoNB kernel of this clone. Everything is found from where this file lies, .descent/jupyter/kernels/gonb
# of the clone, so that a clone may move. Where that folder can't be written, as in a container, DESCENT_STATE is the
# place of the log and of gopls' cache; DESCENT_CLONE is another clone whose packages cells are to see.
prepared=$(cd "$(dirname "$0")/../../.." && pwd -P) || exit 1
clone=${DESCENT_CLONE:-$(dirname "$prepared")}
state=${DESCENT_STATE:-$prepared}
log=$state/log/kernel.log
mkdir -p "$state/log"
if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt 1000000 ]; then : >"$log"; fi

# Compiled cells see the clone's own packages (-go_work) and exactly the module versions of its go.mod, without
# network: GOPROXY=off stops GoNB from fetching newer ones. Links without debug information are twice as fast.
export PATH="$prepared/tools:$PATH"
export GOPROXY=off
export GOFLAGS=-ldflags=-w
export GOAMD64=v1
export GOTOOLCHAIN=local
export GOPLSCACHE="$state/gopls-cache"
unset GOWORK

exec "$prepared/gonb/gonb" -go_work="$clone" -raw_error -kernel "$1" >>"$log" 2>&1
