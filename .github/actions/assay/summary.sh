#!/usr/bin/env bash
# The run's summary → the summary of the job; where there is none, the last that assay said.
set -euo pipefail
summary="${ASSAY_OUT:-}/summary.md"
if [ -n "${ASSAY_OUT:-}" ] && [ -f "$summary" ]; then
  cat -- "$summary" >>"$GITHUB_STEP_SUMMARY"
else
  printf 'assay came to no report (exit code %s); the log of the step says why.\n' "${ASSAY_EXIT_CODE:-unknown}" >>"$GITHUB_STEP_SUMMARY"
  if [ -n "${ASSAY_SAID:-}" ] && [ -s "$ASSAY_SAID" ]; then
    # Text and nothing else: no controls, and a fence that none of it can close.
    last=$(tail -n 20 -- "$ASSAY_SAID" | tail -c 4000 | LC_ALL=C tr -d '\000-\010\013-\037\177')
    fence='```'
    while [[ $last == *"$fence"* ]]; do fence+='`'; done
    printf '\n%stext\n%s\n%s\n' "$fence" "$last" "$fence" >>"$GITHUB_STEP_SUMMARY"
  fi
fi
