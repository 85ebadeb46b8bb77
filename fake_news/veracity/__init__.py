"""How likely is a claim true, judged from its words alone, and when is that worth saying?"""
