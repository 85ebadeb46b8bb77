"""Values that fit a JSON schema, as far as the contract's requests use the language."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

MOST_ITEMS = 5
ANY_CHARACTER = st.characters(exclude_categories=[])


def values(schema: dict[str, Any], document: dict[str, Any]) -> st.SearchStrategy[Any]:
    """A strategy for values that fit ``schema``; references point into ``document``."""
    match schema:
        case {"$ref": str(reference)}:
            target: Any = document
            for part in reference.removeprefix("#/").split("/"):
                target = target[part]
            return values(target, document)
        case {"anyOf": list(choices)}:
            return st.one_of([values(choice, document) for choice in choices])
        case {"enum": list(members)}:
            return st.sampled_from(members)
        case {"type": "null"}:
            return st.none()
        case {"type": "integer"}:
            return st.integers(schema.get("minimum"), schema.get("maximum"))
        case {"type": "string"}:
            longest = min(schema.get("maxLength", 50), 50)
            return st.text(ANY_CHARACTER, min_size=schema.get("minLength", 0), max_size=longest)
        case {"type": "array", "items": dict(items)}:
            return st.lists(values(items, document), max_size=min(schema.get("maxItems", MOST_ITEMS), MOST_ITEMS))
        case {"type": "object", "properties": dict(properties)}:
            fields = {name: values(field, document) for name, field in properties.items()}
            required = schema.get("required", [])
            return st.fixed_dictionaries(
                {name: fields[name] for name in required},
                optional={name: field for name, field in fields.items() if name not in required},
            )
    raise AssertionError(f"the contract's requests use more of JSON schema now: {schema}")
