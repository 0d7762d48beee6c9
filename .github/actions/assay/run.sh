#!/usr/bin/env bash
# The inputs of the action → a run, its exit code and its folder as outputs. Fails only where it cannot say how the run ended.
set -euo pipefail
main="$(dirname "${BASH_SOURCE[0]}")/../../../dist/runner/cli/main.js"
out=${ASSAY_OUT:-reports/out}

# What is said on standard error is kept for the summary, and not among the reports.
said=$(mktemp "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/assay-said.XXXXXX")
printf 'said=%s\n' "$said" >>"$GITHUB_OUTPUT"

# In place of a run: one line why, and the folder if it has a name.
# (Said as a command alone: plain text may hold one itself.)
refuse() {
  printf '%s\n' "$1" >"$said"
  printf '::error title=assay::%s\n' "${1//%/%25}"
  printf 'exit-code=2\nout=%s\n' "$2" >>"$GITHUB_OUTPUT"
  exit 0
}

# An output is a line: more than one would set other outputs.
if [[ $out == *[$'\n\r']* ]]; then refuse "the input out has more than one line" ""; fi

# A summary that is there is of another run, and would be taken for this one's where this one cannot begin.
rm -f -- "$out/summary.md"
# A log that is there may be the one of --since: whether this run wrote one is told by its time.
begun=$(mktemp "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/assay-begun.XXXXXX")

# Each value is one word with its option, so that none is taken for an option or for part of another's value.
args=()
single() {
  if [ -n "$2" ]; then args+=("$1=$2"); fi
}
single --target "${ASSAY_TARGET:-}"
single --endpoint "${ASSAY_ENDPOINT:-}"
single --depth "${ASSAY_DEPTH:-}"
single --fail-on "${ASSAY_FAIL_ON:-}"
single --known "${ASSAY_KNOWN:-}"
single --since "${ASSAY_SINCE:-}"
while IFS= read -r glob || [ -n "$glob" ]; do
  single --select "${glob%$'\r'}"
done <<<"${ASSAY_SELECT:-}"
while IFS= read -r arg || [ -n "$arg" ]; do
  arg=${arg%$'\r'}
  if [[ $arg =~ ^(--[a-z-]+)[[:blank:]]+(.*)$ ]]; then
    refuse "the input args takes an argument a line: ${BASH_REMATCH[1]}=${BASH_REMATCH[2]//[[:cntrl:]]/ }" "$out"
  fi
  if [ -n "$arg" ]; then args+=("$arg"); fi
done <<<"${ASSAY_ARGS:-}"

# The folder comes last, since an output names it.
args+=("--out=$out")

# Kept and shown at once; what a cancelled job says last is kept, too.
exec 4> >(trap '' INT TERM; exec tee -- "$said" >&2)
keeper=${!:-}

# A cancelled job cleans up behind it: the signal is passed on, and ends the waiting but not the run.
node "$main" run "${args[@]}" 2>&4 4>&- &
pid=$!
exec 4>&-
trap 'kill -INT "$pid" || true' INT
trap 'kill -TERM "$pid" || true' TERM
code=0
wait "$pid" || code=$?
while kill -0 "$pid" 2>/dev/null; do
  code=0
  wait "$pid" || code=$?
done
# An older bash does not know it, and then it is not waited for.
wait "$keeper" 2>/dev/null || true
# `--help` among the arguments ends well, and judges nothing.
if [ "$code" -eq 0 ] && ! [ "$out/run.ndjson" -nt "$begun" ]; then
  why='nothing was judged: there is no log of this run'
  printf '%s\n' "$why" >>"$said"
  printf '::error title=assay::%s\n' "$why"
  code=4
fi
printf 'exit-code=%s\nout=%s\n' "$code" "$out" >>"$GITHUB_OUTPUT"
