"""How linking grows: made registries of several sizes, linked to one another.

    python tests/benchmarks/linking.py                 1,000 and 10,000 entries a side
    python tests/benchmarks/linking.py --most 100000   and 100,000

Half of the entries of a side have a counterpart on the other, under a changed name and address.
Time is processor time of this process; a ratio of 10 from one line to the next is linear growth.
"""

import argparse
import random
import resource
import time
from collections.abc import Iterator

from fingerpost.registries.entry import Entry
from fingerpost.registries.linking import linker

LETTERS = "bcdfghjklmnprstvwz"
VOWELS = "aeiou"
COMMON = "data database portal archive atlas resource genome protein plant human image".split()
MEGABYTE = 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--most", type=int, default=10_000, help="entries a side (default: 10000)")
    most = parser.parse_args().most
    print(f"{'entries a side':>15} {'seconds':>8} {'times the last':>15} {'links':>8} {'right':>6}")
    before = 0.0
    for size in (size for size in (1_000, 10_000, 100_000) if size <= most):
        left, right = sides(size)
        begin = time.process_time()
        links = linker.link(left, right)
        spent = time.process_time() - begin
        good = sum(one.left.id[1:] == one.right.id[1:] for one in links)
        growth = f"{spent / before:.1f}" if before else "-"
        print(f"{size:>15,} {spent:>8.1f} {growth:>15} {len(links):>8,} {good / len(links):>6.3f}")
        before = spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(f"peak memory {peak:,.0f} MB")


def sides(size: int) -> tuple[list[Entry], list[Entry]]:
    """Return two registries: the first half of the left is the last half of the right."""
    chance = random.Random(size)
    whole = list(_made(chance, size + size // 2))
    left = [entry(f"a:{number}", *one) for number, one in enumerate(whole[:size])]
    shift = size // 2
    right = [
        entry(f"b:{number + shift}", *_changed(chance, *one))
        for number, one in enumerate(whole[shift:])
    ]
    return left, right


def entry(id_: str, name: str, host: str, told: str) -> Entry:
    return Entry(id_, name, homepage=f"https://{host}", description=told)


def _made(chance: random.Random, size: int) -> Iterator[tuple[str, str, str]]:
    words = [_word(chance) for _ in range(2_000 + size // 4)]
    for number in range(size):
        parts = [*chance.sample(words, 2), chance.choice(COMMON)]
        told = " ".join(chance.choices(words, k=15) + chance.choices(COMMON, k=15))
        host = f"{parts[0]}{number % 7}.org" if chance.random() < 0.7 else f"host.org/{parts[0]}"
        yield " ".join(parts).title(), host, f"{parts[0]} is about {told}"


def _changed(chance: random.Random, name: str, host: str, told: str) -> tuple[str, str, str]:
    if chance.random() < 0.5:
        name = f"The {name} {chance.choice(COMMON).title()}"
    if chance.random() < 0.3:
        host = f"www.{host}/en/"
    return name, host, " ".join(told.split()[::2])


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice(LETTERS) + chance.choice(VOWELS) for _ in range(chance.randint(2, 4))
    )


if __name__ == "__main__":
    main()
