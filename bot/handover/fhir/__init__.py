"""Proportions as FHIR R5: Evidence, the Citations it rests on, and the ResearchStudy.

Codes are those of the value sets that the R5 specification binds to each element.
"""
