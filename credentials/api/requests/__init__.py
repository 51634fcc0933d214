"""How every endpoint reads its request and writes its answer."""
