"""How it is decided: routes, stages and the decisions taken on exactly this content."""
