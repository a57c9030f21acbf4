"""A stand-in for Stripe on this machine: its documented HTTP API with a memory, a payable page and signed webhooks.

For newcomers without internet and for tests. No part of the shop imports it and it imports nothing of the shop: the two
meet over HTTP, at STRIPE_API_BASE. It takes test keys only.
"""
