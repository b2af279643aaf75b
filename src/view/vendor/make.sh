#!/bin/sh
# Makes drawing.min.js and LICENSES.txt anew from npm, at the versions of package-lock.json. Needs Node 18 or later, with npm.
#
#   src/view/vendor/make.sh            writes both files
#   src/view/vendor/make.sh --check    fails where they are not what npm gives
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$here/package.json" "$here/package-lock.json" "$here/entry.js" "$work"
cd "$work"
npm ci --silent --ignore-scripts
npx esbuild entry.js --bundle --minify --format=iife --global-name=Vendored --target=es2020 --legal-comments=none \
    --banner:js="/* sigma.js, graphology, graphology-utils, events: MIT; see src/view/vendor/LICENSES.txt */" \
    --log-level=warning --outfile=drawing.min.js

{
    echo "drawing.min.js is made of the packages below, each under the MIT licence."
    for package in sigma graphology graphology-utils events; do
        printf '\n== %s %s\n\n' "$package" "$(node -p "require('./node_modules/$package/package.json').version")"
        cat node_modules/"$package"/LICENSE*
    done
} > LICENSES.txt

case ${1:-} in
--check) cmp drawing.min.js "$here/drawing.min.js" && cmp LICENSES.txt "$here/LICENSES.txt" ;;
*) cp drawing.min.js LICENSES.txt "$here" ;;
esac
