"""The letters of the pictures: a Latin subset of Inter, under the SIL Open Font Licence."""
