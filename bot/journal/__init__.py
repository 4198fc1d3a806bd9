"""The only room that knows the database exists: what must never be lost lies here."""
