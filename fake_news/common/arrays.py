"""The types of NumPy arrays, by what an array holds: any shape, which docstrings state."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Float32Array = NDArray[np.float32]
IntArray = NDArray[np.int64]
Int8Array = NDArray[np.int8]
UInt64Array = NDArray[np.uint64]
BoolArray = NDArray[np.bool_]
