"""What is offered, approved, published and awarded. Imports none of the other apps."""
