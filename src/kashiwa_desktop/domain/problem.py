"""A problem: what needs a person's attention, as a value, never as an exception."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at: its code, its sentence, the field or the record it is about."""

    code: str
    text: str
    field: str = ""
    record: str | None = None
    blocking: bool = False

    def fields(self) -> dict[str, str | None]:
        """Return the public shape of PRODUCT.md §8."""
        return {"code": self.code, "text": self.text, "record": self.record}
