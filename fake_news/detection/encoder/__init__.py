"""The sentence encoder: from texts to vectors, by ONNX Runtime on the processor."""
