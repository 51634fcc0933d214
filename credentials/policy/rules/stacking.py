"""How parts make a whole: kinds, counts, order, no loop, nothing twice (MC-7, CP-5 to CP-7)."""
