"""The chapters of the report, each from its part of the analysis."""
