"""Exports as files, for whoever writes one or brings one in; see ``exporting`` for what may be asked for."""

from cotutor.vault.export_file import preview, read_import, refuse_existing, write, write_encrypted

__all__ = ["preview", "read_import", "refuse_existing", "write", "write_encrypted"]
