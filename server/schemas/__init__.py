"""The HTTP contract's bodies as pydantic models: requests are validated by them, ``openapi.json`` is made from them."""
