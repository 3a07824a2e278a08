#!/bin/sh
# run.sh COMPILER SRC FILE: FILE must compile as it stands, and must not with MUST_NOT_COMPILE defined; the message must then
# contain what its line "// expects: …" says, so that it fails for the right reason.
set -u
compiler=$1 src=$2 file=$3
check() { "$compiler" -std=c++23 -fsyntax-only -I"$src" "$@" "$file" 2>&1; }
expected=$(sed -n 's|^// expects: ||p' "$file")
[ -n "$expected" ] || { echo "$file does not say what it expects"; exit 1; }
message=$(check) || { echo "the control does not compile:"; echo "$message"; exit 1; }
message=$(check -DMUST_NOT_COMPILE) && { echo "it compiles, but must not"; exit 1; }
echo "$message" | grep -q -- "$expected" || { echo "it fails for another reason than '$expected':"; echo "$message"; exit 1; }
