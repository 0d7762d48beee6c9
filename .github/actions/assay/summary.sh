#!/usr/bin/env bash
# summary.md of the run → the summary of the job; without one, the last lines of standard error.
set -euo pipefail
summary="${ASSAY_OUT:-}/summary.md"
if [ -n "${ASSAY_OUT:-}" ] && [ -f "$summary" ]; then
  cat -- "$summary" >>"$GITHUB_STEP_SUMMARY"
else
  printf 'assay wrote no report (exit code %s); the log of the step has the reason.\n' "${ASSAY_EXIT_CODE:-unknown}" >>"$GITHUB_STEP_SUMMARY"
  if [ -n "${ASSAY_STDERR:-}" ] && [ -s "$ASSAY_STDERR" ]; then
    # Control characters are removed, and the fence is longer than any run of backticks in the text, so that no Markdown can escape.
    last=$(tail -n 20 -- "$ASSAY_STDERR" | tail -c 4000 | LC_ALL=C tr -d '\000-\010\013-\037\177')
    fence='```'
    while [[ $last == *"$fence"* ]]; do fence+='`'; done
    printf '\n%stext\n%s\n%s\n' "$fence" "$last" "$fence" >>"$GITHUB_STEP_SUMMARY"
  fi
fi
