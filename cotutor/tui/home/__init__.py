"""The screens where everything begins: home, and what leads from it to the jobs."""
