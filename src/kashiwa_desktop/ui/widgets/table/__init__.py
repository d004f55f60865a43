"""Tables to read and to open rows from."""
