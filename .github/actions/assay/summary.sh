#!/usr/bin/env bash
# The run's summary → the summary of the job; one line where there is none.
set -euo pipefail
summary="${ASSAY_OUT:-}/summary.md"
if [ -n "${ASSAY_OUT:-}" ] && [ -f "$summary" ]; then
  cat -- "$summary" >>"$GITHUB_STEP_SUMMARY"
else
  printf 'assay came to no report (exit code %s); the log of the step says why.\n' "${ASSAY_EXIT_CODE:-unknown}" >>"$GITHUB_STEP_SUMMARY"
fi
