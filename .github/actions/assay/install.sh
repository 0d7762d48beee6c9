#!/usr/bin/env bash
# The checkout of this repository → a built command line. Does nothing if it is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
if [ -f dist/main.js ] && [ -d node_modules ]; then
  echo "assay is built already"
  exit 0
fi
npm ci
npm run build
