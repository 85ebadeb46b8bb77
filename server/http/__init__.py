"""HTTP: from sockets to requests, and what waitress is kept from."""
