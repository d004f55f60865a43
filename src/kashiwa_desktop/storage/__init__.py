"""The only SQL: revisions, their projections, and the copies of the store."""
