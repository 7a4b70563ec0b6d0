#!/usr/bin/env bash
# What a machine with a GPU does, in at most 8 minutes: test/bench/gpu.sh <folder> [device]. The figures come into the folder, one file a
# question, and `summary.txt` says which of them ended and how. The device is webgpu unless said; `cpu` tries the script itself.
# Runs from a checkout after npm install, or from an archive of `npm run bundle`, without a network. PyTorch and JAX are asked where
# MODEBENCH_PYTHON (or python3) has them.
set -uo pipefail

[ $# -ge 1 ] || { echo 'expected: test/bench/gpu.sh <folder> [device]' >&2; exit 2; }
mkdir -p "$1" || exit 2
out=$(cd "$1" && pwd)
device=${2:-webgpu}
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 2

modebench() {
  if [ -x bin/node ]; then ./modebench "$@"; else node bin/modebench.mjs "$@"; fi
}

deadline=$((SECONDS + 470))

# ask <seconds at most> <file> <words…>: runs a command of modebench for that long, or for as long as there still is.
ask() {
  local most=$1 file=$2 left=$((deadline - SECONDS))
  shift 2
  if [ "$left" -lt 5 ]; then
    echo "$file: not asked, the time is over" | tee -a "$out/summary.txt"
    return
  fi
  local started=$SECONDS
  export -f modebench
  timeout --kill-after=5 $((left < most ? left : most)) bash -c 'modebench "$@"' modebench "$@" >"$out/$file" 2>"$out/$file.stderr"
  echo "$file: exit code $? after $((SECONDS - started)) s (modebench $*)" | tee -a "$out/summary.txt"
}

: >"$out/summary.txt"
nvidia-smi >"$out/nvidia-smi.txt" 2>&1 || true
lscpu >"$out/lscpu.txt" 2>&1 || true

peers() { # the contenders of a bench on this device
  case $device in
    cpu) echo "compiled,native,$1" ;;
    *) echo "compiled,$device,$2" ;;
  esac
}

ask 40 doctor.txt doctor
for each in cpu "$device"; do
  ask 60 "smoke-$each.txt" exp grid25 --preset smoke --engine onnx --device "$each" --store "$out/store-$each" --quiet
done
ask 90 stack.json bench stack --widths 64 --counts 8,32,128 --device "$device" --rounds 3 --json
ask 110 step.json bench step --widths 64 --rounds 3 --contenders "$(peers torch,jax-scan torch-gpu,jax-gpu-1,jax-gpu-8,jax-gpu-32,jax-gpu-128)" --json
ask 70 images-32.json bench images --sides 32 --rounds 3 --memory 100 --contenders "$(peers torch,jax torch-gpu,jax-gpu)" --json
ask 90 images-64.json bench images --sides 64 --rounds 2 --memory 100 --contenders "$(peers torch,jax torch-gpu,jax-gpu)" --json
rm -rf "$out"/store-*
