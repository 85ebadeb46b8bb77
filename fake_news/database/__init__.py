"""What the server keeps: feedback, and counts by day. SQLite on a reader's machine, PostgreSQL where many share one."""
