"""Whole tables of people made k-anonymous by recoding every column, with the least loss there is."""
