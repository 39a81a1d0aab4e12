"""The durable state: tables, their migrations, and one module for each door of `stores`; SQLite or PostgreSQL."""
