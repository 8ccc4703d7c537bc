"""Lending: one at a time, first come first served, and nothing lost."""

import queue
import threading
import time

import pytest

from fingerpost.engine.pool import Pool


def test_what_was_used_last_is_lent_first() -> None:
    pool: Pool[int] = Pool()
    for number in range(3):
        pool.give(number)
    assert [pool.take(0) for _ in range(3)] == [2, 1, 0]


def test_what_is_given_to_be_last_is_lent_last() -> None:
    pool: Pool[int] = Pool()
    for number in range(4):
        pool.give(number, last=number > 1)
    assert [pool.take(0) for _ in range(4)] == [1, 0, 2, 3]


def test_who_waits_in_vain_is_told_and_takes_nothing_later() -> None:
    pool: Pool[int] = Pool()
    with pytest.raises(queue.Empty):
        pool.take(0.01)
    pool.give(1)
    assert pool.take(0) == 1


def test_who_has_waited_longest_is_next_even_before_who_gives_back() -> None:
    pool: Pool[int] = Pool()
    order: list[str] = []

    def wait(name: str) -> None:
        pool.take(5)
        order.append(name)

    threads = []
    for name in ("first", "second", "third"):
        threads.append(threading.Thread(target=wait, args=(name,)))
        threads[-1].start()
        time.sleep(0.05)
    for _ in threads:
        pool.give(0)
        # Were it for anybody, this thread, which never lets go of the processor, would get it.
        with pytest.raises(queue.Empty):
            pool.take(0.0)
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert order == ["first", "second", "third"]


def test_nothing_is_lost_or_lent_twice_to_many_threads() -> None:
    pool: Pool[int] = Pool()
    for number in range(3):
        pool.give(number)
    out: set[int] = set()
    lock = threading.Lock()
    faults: list[str] = []
    times: list[int] = []

    def work() -> None:
        for _ in range(200):
            try:
                one = pool.take(0.001)
            except queue.Empty:
                continue
            with lock:
                if one in out:
                    faults.append(f"{one} is lent twice")
                out.add(one)
            times.append(one)
            with lock:
                out.discard(one)
            pool.give(one)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert times
    assert sorted(pool.drain()) == [0, 1, 2]
