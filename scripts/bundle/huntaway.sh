#!/bin/sh
# Starts Huntaway with the Node that lies beside this file, wherever that is and whatever link leads here. Only words
# of the shell itself are used, so that an empty PATH will do; following a link needs `readlink` from the system.
self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -h "$self" ]; do
  target=$(command -p readlink "$self") || exit 2
  case $target in /*) self=$target ;; *) self=${self%/*}/$target ;; esac
done

# Meant for another Node: an option that this one does not know would keep it from starting.
unset NODE_OPTIONS NODE_PATH

# Takes this process's place, so that signals reach it and its exit code is ours.
exec "${self%/*}/node" "${self%/*}/app/bin/huntaway.js" "$@"
