"""Is a statement a claim that can be checked at all?"""
