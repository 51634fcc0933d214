"""The shapes of what is served, for the contract (openapi.json), by resource.

Bodies are not made from these: they were serialised when they were published. A test holds real
bodies against them. Members may be added later; clients ignore those that they do not know.
"""
