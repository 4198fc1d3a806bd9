"""Lists the words of which a curated file chooses one."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import StringConstraints


Topic: TypeAlias = Literal[
    "efficacy",
    "safety",
    "population",
    "design",
    "product",
    "mechanism",
    "background",
    "people",
    "quotes",
    "publication",
    "logistics",
    "status",
    "funding",
    "access",
    "context",
    "about",
    "overview",
]
Got: TypeAlias = Literal["quoted", "derived", "computed"]
Certainty: TypeAlias = Literal[
    "paper", "abstract", "registry", "official", "press", "secondary", "derived"
]
ConceptKind: TypeAlias = Literal[
    "measure",
    "event",
    "relation",
    "population",
    "time",
    "grade",
    "drug",
    "product",
    "target",
    "disease",
    "trial",
    "site",
    "person",
    "organisation",
    "publication",
    "statistic",
    "self",
    "sign",  # of danger to a person, read from words
    "stance",  # how somebody asks, whatever it is about
]
DossierId: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^([FXS]\d+[a-z]?|N\d+)$")
]
