# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the completion offers behind some words, a word a line, where no charger and no
# file is: bash completion.bash FILE [WORD]...
set -u

# shellcheck source=/dev/null
. "$1" || exit 1
shift
evsectl() { :; }
empty=$(mktemp -d) || exit 1
cd "$empty" || exit 1
rmdir "$empty"
COMP_WORDS=(evsectl "$@" '')
COMP_CWORD=$(($# + 1))
COMPREPLY=()
_evsectl
[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}" | sort -u
