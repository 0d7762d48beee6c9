#!/usr/bin/env bash
# The inputs of the action → a run, its exit code and its folder as outputs. Fails only where it cannot say how the run ended.
set -euo pipefail
main="$(dirname "${BASH_SOURCE[0]}")/../../../dist/runner/cli/main.js"
out=${ASSAY_OUT:-reports/out}

# An output is a line: more than one would set other outputs.
if [[ $out == *[$'\n\r']* ]]; then
  echo "the input out has more than one line" >&2
  printf 'exit-code=2\n' >>"$GITHUB_OUTPUT"
  exit 0
fi

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
  if [ -n "$arg" ]; then args+=("$arg"); fi
done <<<"${ASSAY_ARGS:-}"

# The folder comes last, since an output names it.
args+=("--out=$out")

# A summary that is there is of another run, and would be taken for this one's where this one cannot begin.
rm -f -- "$out/summary.md"

# A cancelled job cleans up behind it: the signal is passed on, and ends the waiting but not the run.
node "$main" run "${args[@]}" &
pid=$!
trap 'kill -INT "$pid" || true' INT
trap 'kill -TERM "$pid" || true' TERM
code=0
wait "$pid" || code=$?
while kill -0 "$pid" 2>/dev/null; do
  code=0
  wait "$pid" || code=$?
done
printf 'exit-code=%s\nout=%s\n' "$code" "$out" >>"$GITHUB_OUTPUT"
