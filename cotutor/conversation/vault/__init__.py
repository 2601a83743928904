"""What the faces of the vault share: its commands, what is asked, which answers are taken, the wording.

This is the only door to ``cotutor.vault`` for a face, which imports from here what it needs of its
types and functions. ``commands``, ``about`` and ``unlocking`` load nothing of the vault itself, so a
first screen need not wait for it; nothing here is loaded by a session.
"""
