"""A pack as others keep it: tables, FHIR, and the evidence sheet."""
