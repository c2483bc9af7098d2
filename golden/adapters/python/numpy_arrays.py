"""The adapter of NumPy: how questions become its arrays, and the functions that several chapters share."""

import os

os.environ.setdefault("NPY_PROMOTION_STATE", "weak")  # as NumPy 2: 1 - x stays float32 where x is a number (NEP 50)

import numpy as np

from goldgrad import Adapter, Tensor

DTYPES = {"float64": "binary64", "float32": "binary32"}

adapter = Adapter("numpy", np.__version__, intermediates=True)


def use(dtype):
    """Computes in a dtype from here on: what is read is rounded to it, what is written widened."""
    adapter.dtype = DTYPES[dtype]

    def decode(tensor):
        return np.array(tensor.flat, np.float64).astype(dtype).reshape(tensor.shape)

    def encode(array):
        array = np.asarray(array)
        if array.dtype != dtype:
            raise TypeError(f"computed in {array.dtype}, not in {dtype}")
        return Tensor(array.shape, array.astype(np.float64).ravel().tolist())

    adapter.decode, adapter.encode = decode, encode
