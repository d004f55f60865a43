"""What is due, the sheets and their life, payments, transfer files, and the proofs of every yen."""
