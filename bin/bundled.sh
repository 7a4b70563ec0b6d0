#!/bin/sh
# Starts the program of an archive that `npm run bundle` made, with the Node that lies beside it.
case "$0" in
  */*) here=${0%/*} ;;
  *) here=. ;;
esac
exec "$here/bin/node" "$here/bin/bundled.mjs" "$@"
