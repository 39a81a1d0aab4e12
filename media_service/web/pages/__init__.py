"""The studio's pages, one module a group: each declares its addresses, what they are for, and what they show."""
