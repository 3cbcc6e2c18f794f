#!/bin/sh
# Creates an issue for each checklist item that has none yet, with GitHub's
# command line tool, gh. Run it again after an interruption or the next export:
# issues are known by the line "Demarc item: ..." in their bodies, open or
# closed, as long as they keep the label demarc.
#
#   GH_REPO=owner/name sh create-issues.sh
#
# Without GH_REPO, gh takes the repository of the current folder.
(
set -eu
dir=$(dirname -- "$0")
test -d "$dir/bodies" || dir=. # pasted into a shell
test -d "$dir/bodies" || { echo "there is no folder bodies: run the script as a file, or in its folder" >&2; exit 1; }
known=$(gh issue list --state all --label demarc --limit 100000 --json body --jq '.[].body')
known=$(printf '%s\n' "$known" | tr -d '\r')
labels=$(gh label list --limit 100000 --json name --jq '.[].name')

# label NAME: have the label, and leave its colour alone if it is there.
label() {
	grep -qixF -e "$1" <<-END || gh label create "$1" </dev/null
	$labels
	END
}

# issue ID TITLE FILE LABELS: have the issue.
issue() {
	if grep -qxF -e "Demarc item: \`$1\`" <<-END
	$known
	END
	then
		echo "$1: there already"
		return
	fi
	url=$(gh issue create --title "$2" --body-file "$dir/$3" --label "$4" </dev/null)
	echo "$1: $url"
	sleep 1 # GitHub slows down who creates more than 80 a minute
}

