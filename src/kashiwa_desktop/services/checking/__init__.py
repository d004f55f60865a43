"""確認する: what the office sees, decides, corrects and types in."""
