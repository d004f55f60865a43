"""Nothing is lost, and what must go is gone: copies, keys, rebuilding, disposal."""
