"""The steps, one file a schema version; never edited once released (docs/database-history.md)."""
