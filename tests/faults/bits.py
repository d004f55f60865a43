"""Single flipped bits, in bytes and in the text cells of a store."""

import random


def flipped(data, bit):
    """Return ``data`` with one bit the other way round."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def random_flips(data, times, seed=1):
    """Give ``times`` copies of ``data``, each with another bit flipped (all bits where few)."""
    total = len(data) * 8
    rng = random.Random(seed)
    chosen = range(total) if times >= total else rng.sample(range(total), times)
    return (flipped(data, bit) for bit in chosen)
