"""The server that Plumbline is measured against: FastAPI, uvicorn and a random forest, as such projects build it."""
