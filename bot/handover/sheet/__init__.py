"""The evidence sheet: all that a pack holds, on paper, for handing over and review."""
