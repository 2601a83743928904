"""What can be changed without programming: plans, prompts, cues, help, as TOML, and the loader that checks them."""
