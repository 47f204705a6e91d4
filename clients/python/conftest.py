from esoz_sandbox import esoz, esoz_sandbox  # noqa: F401
