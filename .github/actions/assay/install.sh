#!/usr/bin/env bash
# This repository's checkout → a built command line; done once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
if [ -f dist/runner/cli/main.js ] && [ -d node_modules ]; then
  echo "assay is built already"
  exit 0
fi
npm ci
npm run build
