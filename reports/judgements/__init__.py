"""Who gave which label to what: read from any table, cleaned, with an account."""
