"""Asking a language model that speaks the OpenAI protocol, such as Ollama's, llama.cpp's or LM Studio's."""
