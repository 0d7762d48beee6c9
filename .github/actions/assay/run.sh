#!/usr/bin/env bash
# The inputs of the action → a run, or one run of several shards; sets the outputs exit-code, out and stderr. The step fails only if there is no exit code.
set -euo pipefail
main="$(dirname "${BASH_SOURCE[0]}")/../../../dist/main.js"
out=${ASSAY_OUT:-reports/out}

# Copy of standard error for the step `summary`; outside the folder of the reports, so that it is not uploaded.
stderr_file=$(mktemp "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/assay-stderr.XXXXXX")
printf 'stderr=%s\n' "$stderr_file" >>"$GITHUB_OUTPUT"

# Ends without a run: MESSAGE (one line) and the folder, or an empty text if there is none.
# The message is printed only as a workflow command, since a plain line could itself contain one.
refuse() {
  printf '%s\n' "$1" >"$stderr_file"
  printf '::error title=assay::%s\n' "${1//%/%25}"
  printf 'exit-code=2\nout=%s\n' "$2" >>"$GITHUB_OUTPUT"
  exit 0
}

# Each line of GITHUB_OUTPUT sets an output, so a line break in the value could set others.
if [[ $out == *[$'\n\r']* ]]; then refuse "input out: contains a line break; give a path on one line" ""; fi

# Delete the summary of an earlier run, so that it is not shown if this run cannot begin.
rm -f -- "$out/summary.md"
# An existing run.ndjson may be the input of --since and must stay; its modification time shows whether this run wrote it.
start_marker=$(mktemp "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/assay-start.XXXXXX")

# Option and value form one word, so that a value cannot be read as an option or as part of another value.
args=()
add_option() {
  if [ -n "$2" ]; then args+=("$1=$2"); fi
}
command=run
add_option --since "${ASSAY_SINCE:-}"
if [[ ${ASSAY_MERGE:-} == *[![:space:]]* ]]; then
  command=merge
  for name in target endpoint select known shard; do
    variable=ASSAY_$(tr a-z A-Z <<<"$name")
    if [ -n "${!variable:-}" ]; then refuse "input merge: cannot be combined with the input $name, which belongs to the jobs of the shards" "$out"; fi
  done
  # Each line is one glob, which may contain blanks.
  shopt -s nullglob
  IFS=
  while IFS= read -r glob || [ -n "$glob" ]; do
    glob=${glob%$'\r'}
    if [ -z "$glob" ]; then continue; fi
    files=($glob)
    if [ "${#files[@]}" -eq 0 ]; then refuse "input merge: ${glob//[[:cntrl:]]/ } matches no file; the jobs of the shards have to upload their run.ndjson" "$out"; fi
    args+=("${files[@]/#-/./-}")
  done <<<"$ASSAY_MERGE"
else
  add_option --target "${ASSAY_TARGET:-}"
  add_option --endpoint "${ASSAY_ENDPOINT:-}"
  add_option --depth "${ASSAY_DEPTH:-}"
  add_option --fail-on "${ASSAY_FAIL_ON:-}"
  add_option --known "${ASSAY_KNOWN:-}"
  add_option --shard "${ASSAY_SHARD:-}"
  while IFS= read -r glob || [ -n "$glob" ]; do
    add_option --select "${glob%$'\r'}"
  done <<<"${ASSAY_SELECT:-}"
fi
while IFS= read -r arg || [ -n "$arg" ]; do
  arg=${arg%$'\r'}
  if [[ $arg =~ ^(--[a-z-]+)[[:blank:]]+(.*)$ ]]; then
    refuse "input args: several arguments on one line; write ${BASH_REMATCH[1]}=${BASH_REMATCH[2]//[[:cntrl:]]/ }" "$out"
  fi
  if [ -n "$arg" ]; then args+=("$arg"); fi
done <<<"${ASSAY_ARGS:-}"

# --out comes last, so that `args` cannot change the folder that the output names.
args+=("--out=$out")

# Descriptor 4 writes to standard error and to the file. tee ignores the signals, so that it copies the last lines of a cancelled job too.
exec 4> >(trap '' INT TERM; exec tee -- "$stderr_file" >&2)
tee_pid=${!:-}

# A signal is forwarded to assay, which deletes its resources and then ends. It interrupts `wait`, so the loop waits until the process has ended.
node "$main" "$command" "${args[@]}" 2>&4 4>&- &
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
# Older versions of bash cannot wait for a process substitution.
wait "$tee_pid" 2>/dev/null || true
# `--help` in `args` ends with 0 but evaluates no case.
if [ "$code" -eq 0 ] && ! [ "$out/run.ndjson" -nt "$start_marker" ]; then
  message='no case was evaluated: this run wrote no run.ndjson'
  printf '%s\n' "$message" >>"$stderr_file"
  printf '::error title=assay::%s\n' "$message"
  code=4
fi
printf 'exit-code=%s\nout=%s\n' "$code" "$out" >>"$GITHUB_OUTPUT"
