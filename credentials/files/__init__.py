"""Files that the record names: where they are named, how they are held, what is wrong with them."""
