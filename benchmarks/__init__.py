"""What our layers cost: each piece of work beside a raw floor, measured in the same run."""
