"""The front door: the only place where command line, window and services meet."""
