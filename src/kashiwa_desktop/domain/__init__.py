"""The rules: pure values and functions, without clock, chance or input and output."""
