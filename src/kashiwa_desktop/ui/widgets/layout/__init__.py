"""How parts of a page stand: wrapping rows, cards, folds, the order of Tab."""
