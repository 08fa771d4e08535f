"""Whole outlets fetched politely and on fixed times, never because of what anybody looks for.

Nothing is imported here, so that the times of sweeps are known where the libraries that fetch are not installed.
"""
