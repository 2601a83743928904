"""What both faces share: what can be said now, to what effect, in which words."""
