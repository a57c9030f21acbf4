"""`manage.py seed`: known people, producers and goods for those who test the shop from outside."""
