#!/bin/sh
# Installs the Debian packages that the tests need, when they are missing. Fast and silent about it when nothing is.
set -eu

needed=''
need() { # need PACKAGE FILE: the file tells that the package is there
  [ -e "$2" ] || needed="$needed $1"
}
need dovecot-core /usr/sbin/dovecot
need dovecot-imapd /usr/lib/dovecot/imap
need dovecot-lmtpd /usr/lib/dovecot/lmtp
need dovecot-pop3d /usr/lib/dovecot/pop3
need dovecot-submissiond /usr/lib/dovecot/submission
need openssl /usr/bin/openssl
need git /usr/bin/git
command -v chromium >/dev/null 2>&1 || needed="$needed chromium"

if [ -z "$needed" ]; then
  echo 'Everything that the tests need is installed.'
  exit 0
fi

say_by_hand() { # say_by_hand WHY [INSTEAD]
  echo "$1 ${2:-Install by hand what the tests need:$needed}" >&2
  exit 1
}

command -v apt-get >/dev/null 2>&1 || say_by_hand 'This machine has no apt-get.'
if [ "$(id -u)" = 0 ]; then
  as_root=''
elif command -v sudo >/dev/null 2>&1; then
  as_root='sudo'
else
  say_by_hand 'Installing packages takes root, and sudo is not there.' "As root, run: sh '$(realpath "$0")'"
fi

echo "The tests need packages that are missing; installing:$needed"
export DEBIAN_FRONTEND=noninteractive
install() {
  $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y --no-install-recommends $needed
}
# Lists may be absent or name versions that the mirror no longer has: refresh them once, then try again.
if ! install >/dev/null 2>&1; then
  echo 'Refreshing the package lists.'
  $as_root apt-get update || say_by_hand 'apt-get update failed.'
  install || say_by_hand 'apt-get install failed.'
fi
# A mail server of the machine's own is not wanted: tests start theirs, with their own configuration. One that was there before is left alone.
case "$needed" in
  *dovecot-core*)
    if command -v systemctl >/dev/null 2>&1; then
      $as_root systemctl disable --now dovecot.service dovecot.socket >/dev/null 2>&1 || true
    fi
    ;;
esac
echo 'Installed.'
