"""Sorting in scratch space, the same compiled and plain. 排序"""

from sim.village.compiled import kernel


@kernel
def sort_lottery(scratch, n):
    """Sort rows 0 to n-1 of (whole_key, row) by key, ties by row: bottom-up merge, stable."""
    width = 1
    while width < n:
        start = 0
        while start < n:
            merge_lottery(scratch, start, min(start + width, n), min(start + 2 * width, n))
            start += 2 * width
        for k in range(n):
            scratch.whole_key[k] = scratch.spare_whole[k]
            scratch.row[k] = scratch.spare_row[k]
        width *= 2


@kernel
def merge_lottery(scratch, left, middle, end):
    """Merge two sorted runs into the spare columns."""
    a, b = left, middle
    for k in range(left, end):
        if a < middle and (b >= end or scratch.whole_key[a] <= scratch.whole_key[b]):
            scratch.spare_whole[k] = scratch.whole_key[a]
            scratch.spare_row[k] = scratch.row[a]
            a += 1
        else:
            scratch.spare_whole[k] = scratch.whole_key[b]
            scratch.spare_row[k] = scratch.row[b]
            b += 1


@kernel
def sort_values(scratch, n):
    """Sort rows 0 to n-1 of (key, row) by key, lowest first: bottom-up merge, stable."""
    width = 1
    while width < n:
        start = 0
        while start < n:
            merge_values(scratch, start, min(start + width, n), min(start + 2 * width, n))
            start += 2 * width
        for k in range(n):
            scratch.key[k] = scratch.spare_key[k]
            scratch.row[k] = scratch.spare_row[k]
        width *= 2


@kernel
def merge_values(scratch, left, middle, end):
    """Merge two sorted runs into the spare columns."""
    a, b = left, middle
    for k in range(left, end):
        if a < middle and (b >= end or scratch.key[a] <= scratch.key[b]):
            scratch.spare_key[k] = scratch.key[a]
            scratch.spare_row[k] = scratch.row[a]
            a += 1
        else:
            scratch.spare_key[k] = scratch.key[b]
            scratch.spare_row[k] = scratch.row[b]
            b += 1
