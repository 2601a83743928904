"""Small changes to the program, each of which a test ought to notice.

    python -m tests.mutants --sample 300 --seed 1
    python -m tests.mutants --in cotutor/vault/files.py --all

Every change is made in a copy of the tree below a temporary folder, never in the tree itself. The tests
that mirror the changed module run first, then those of its folder; see ``mirror``. What survives is printed
with its place and difference, for a person to judge: a missing test, or a change that means nothing.

The changes are this project's own (``changes``) and need no library: of those that exist, one rewrites
classes, which msgspec's structs do not bear, and the other changes annotations and removes no statement.
"""
