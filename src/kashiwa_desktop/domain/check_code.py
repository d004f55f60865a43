"""照合番号: eight characters that stand for one closing of a month, on screen and on paper.

BUNDLE.md §8: the id of the month report's head as an integer modulo 31^8, in base 31, most
significant first. It finds accidents, not fraud.
"""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def check_code(revision_id: str) -> str:
    """``7K3M-Q2PX`` for a revision id of 64 hex digits."""
    rest = int(revision_id, 16) % 31**8
    letters = ""
    for _ in range(8):
        rest, digit = divmod(rest, 31)
        letters = ALPHABET[digit] + letters
    return f"{letters[:4]}-{letters[4:]}"
