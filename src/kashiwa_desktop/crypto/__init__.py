"""Keys, sealing (age) and signing (Ed25519): the only room that knows the cryptographic libraries."""
