"""How it is delivered, for whom under contract, and who may ask for OSAP (MC-5, FW-2)."""
