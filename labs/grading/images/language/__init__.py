"""The text of a Dockerfile → instructions, words and commands."""
