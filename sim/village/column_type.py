"""How numba sees a table of columns: an address and a number of rows, nothing else. 列的编译

A column becomes a NumPy array only where it is read, at an offset that is known when the step is compiled.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import numpy as np
from numba.core import cgutils, types
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import NativeValue, lower_getattr_generic, models, register_model, unbox
from numba.np.arrayobj import make_array, populate_array
from numba.np.numpy_support import from_dtype


class TableType(types.Type):
    """Type of a table with certain columns; the name is short because it enters the name of all that is compiled."""

    def __init__(self, kind: np.dtype[Any], line: int) -> None:
        self.line = line
        self.arrays: dict[str, Any] = {}
        self.starts: dict[str, int] = {}
        start = 0
        for column in kind.names or ():
            one = kind[column]
            self.arrays[column] = types.Array(from_dtype(one.base), 1 + len(one.shape), "C")
            self.starts[column] = start
            start += one.itemsize
        self.sizes = {column: kind[column].shape for column in self.starts}
        super().__init__(name=f"Table({hashlib.sha256(f'{kind.descr} {line}'.encode()).hexdigest()[:12]})")


@register_model(TableType)
class _TableModel(models.StructModel):
    """Address and rows."""

    def __init__(self, manager: Any, kind: TableType) -> None:
        super().__init__(manager, kind, [("address", types.voidptr), ("rows", types.intp)])


@cache
def table_type(kind: np.dtype[Any], line: int) -> TableType:
    """The type of a table with the columns of a record type, each of which starts at a cache line."""
    return TableType(kind, line)


@unbox(TableType)  # type: ignore[untyped-decorator]
def _from_python(kind: TableType, table: Any, c: Any) -> NativeValue:
    """Read address and rows from the Python object, which outlives the call."""
    inside = cgutils.create_struct_proxy(kind)(c.context, c.builder)
    address = c.pyapi.object_getattr_string(table, "_address")
    rows = c.pyapi.object_getattr_string(table, "_rows")
    inside.address = c.pyapi.long_as_voidptr(address)
    inside.rows = c.pyapi.long_as_longlong(rows)
    c.pyapi.decref(address)
    c.pyapi.decref(rows)
    return NativeValue(inside._getvalue(), is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


@infer_getattr
class _TableAttributes(AttributeTemplate):
    """Every column is an attribute."""

    key = TableType

    def generic_resolve(self, kind: TableType, column: str) -> Any:
        """Array type of a column, None when there is none."""
        return kind.arrays.get(column)


@lower_getattr_generic(TableType)  # type: ignore[untyped-decorator]
def _column(context: Any, builder: Any, kind: TableType, table: Any, column: str) -> Any:
    """The column as an array without an owner: it starts at the address plus the widths before it times the rows."""
    inside = cgutils.create_struct_proxy(kind)(context, builder, value=table)
    array_type, size = kind.arrays[column], kind.sizes[column]
    whole = context.get_constant(types.intp, -kind.line)
    room = builder.and_(builder.add(inside.rows, context.get_constant(types.intp, kind.line - 1)), whole)
    offset = builder.mul(room, context.get_constant(types.intp, kind.starts[column]))
    start = cgutils.pointer_add(builder, inside.address, offset)
    array = make_array(array_type)(context, builder)
    width = context.get_abi_sizeof(context.get_data_type(array_type.dtype))
    steps = [width * size[0], width] if size else [width]
    populate_array(
        array,
        data=builder.bitcast(start, array.data.type),
        shape=[inside.rows, *(context.get_constant(types.intp, n) for n in size)],
        strides=[context.get_constant(types.intp, step) for step in steps],
        itemsize=context.get_constant(types.intp, width),
        meminfo=None,
    )
    return array._getvalue()
