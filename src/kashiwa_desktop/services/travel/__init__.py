"""Files that travel: made, taken in, answered, and the sticks they lie on."""
