"""Monitoring: metrics, drift, the pages for people, and the doctor."""
