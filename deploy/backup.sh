#!/bin/sh
# Dumps the journal of PostgreSQL: `backup.sh once`, `nightly` (at 02:00 UTC, for ever), or
# `fresh` (exit 1 when the newest dump is too old). Beside PGHOST and the like it needs
# BACKUPS, a folder; it reads PASSWORD_FILE if that is set, and keeps KEEP_DAYS days (14).
set -eu
umask 077

: "${BACKUPS:?set BACKUPS to the folder for the back-ups}"
HOUR=2         # UTC; the quiet hour of the place, and never twice a day as local time is
OLDEST=1560    # minutes, a day and two hours: one night was missed

once() {
  if [ -n "${PASSWORD_FILE:-}" ]; then PGPASSWORD=$(cat "$PASSWORD_FILE"); export PGPASSWORD; fi
  dump="$BACKUPS/journal-$(date -u +%Y%m%dT%H%M%SZ).dump"
  # Under another name until it is whole and readable: half a dump is never taken for one.
  pg_dump --format=custom --file="$dump.part"
  pg_restore --list "$dump.part" >/dev/null
  mv "$dump.part" "$dump"
  find "$BACKUPS" -name 'journal-*.dump' -mtime "+${KEEP_DAYS:-14}" -exec rm -f {} +
  echo "backed up to $dump"
}

until_the_hour() {
  now=$(date -u +%s)
  echo $(( (HOUR * 3600 - now % 86400 + 86400) % 86400 + 1 ))
}

case "${1:-}" in
  once) once ;;
  nightly)
    # A back-up at the start: that it works is known today, not tomorrow morning.
    while :; do
      once || echo "the back-up failed; the next try is at 0$HOUR:00 UTC" >&2
      sleep "$(until_the_hour)"
    done ;;
  fresh) [ -n "$(find "$BACKUPS" -name 'journal-*.dump' -mmin "-$OLDEST" | head -n 1)" ] ;;
  *) echo "usage: backup.sh once | nightly | fresh" >&2; exit 2 ;;
esac
