"""Papers and their values: what is read for each, how it is written whole or not at all."""
