"""Toys for the recipes of CONTRIBUTING.md, a file for each recipe."""

from recipe_toys import (
    decoder, endpoint, proof, report, rule, source, subcommand, suppression,
)

RECIPES = (
    rule.RECIPE,
    proof.RECIPE,
    decoder.RECIPE,
    report.RECIPE,
    source.RECIPE,
    suppression.RECIPE,
    subcommand.RECIPE,
    endpoint.RECIPE,
)
