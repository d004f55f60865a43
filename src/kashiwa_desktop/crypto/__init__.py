"""Keys, sealing (age) and signing (Ed25519): the only room with cryptographic libraries."""
