"""Importers: captured webhooks of other platforms as events; one module per provider, payloads in and events out."""
