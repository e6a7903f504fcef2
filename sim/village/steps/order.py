"""Sorting in scratch space, the same compiled and plain. 排序"""

from sim.village.compiled import kernel


@kernel
def sort_lottery(scratch, n):
    """Sort rows 0 to n-1 of (whole_key, row) by key, lowest first."""
    merge_sort(scratch.whole_key, scratch.row, scratch.spare_whole, scratch.spare_row, n)


@kernel
def sort_values(scratch, n):
    """Sort rows 0 to n-1 of (key, row) by key, lowest first."""
    merge_sort(scratch.key, scratch.row, scratch.spare_key, scratch.spare_row, n)


@kernel
def merge_sort(keys, rows, spare_keys, spare_rows, n):
    """Sort keys and the rows that belong to them: bottom-up merge, stable."""
    width = 1
    while width < n:
        start = 0
        while start < n:
            middle, end = min(start + width, n), min(start + 2 * width, n)
            merge(keys, rows, spare_keys, spare_rows, start, middle, end)
            start += 2 * width
        for k in range(n):
            keys[k] = spare_keys[k]
            rows[k] = spare_rows[k]
        width *= 2


@kernel
def merge(keys, rows, spare_keys, spare_rows, left, middle, end):
    """Merge two sorted runs into the spare columns."""
    a, b = left, middle
    for k in range(left, end):
        if a < middle and (b >= end or keys[a] <= keys[b]):
            spare_keys[k] = keys[a]
            spare_rows[k] = rows[a]
            a += 1
        else:
            spare_keys[k] = keys[b]
            spare_rows[k] = rows[b]
            b += 1
