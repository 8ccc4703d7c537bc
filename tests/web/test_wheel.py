"""The wheel is drawn from the phases that it is given."""

import math
import re

from fingerpost.web import wheel

PHASES = [(f"p{number}", f"Phase {number}", number) for number in range(7)]


def test_every_phase_has_an_arm_in_order() -> None:
    assert [one.slug for one in wheel.arms(PHASES)] == [slug for slug, _, _ in PHASES]


def test_names_stand_on_one_circle_inside_the_picture() -> None:
    radii = {round(math.dist((one.x, one.y), (200, 200))) for one in wheel.arms(PHASES)}
    assert len(radii) == 1
    assert radii.pop() < 200


def test_the_first_arm_points_up() -> None:
    assert wheel.arms(PHASES)[0].y < min(one.y for one in wheel.arms(PHASES)[1:])


def test_no_outline_leaves_the_picture() -> None:
    for one in wheel.arms(PHASES):
        ends = re.findall(r"([\d.]+) ([\d.]+)(?= [LAZ])", one.outline)
        assert all(0 <= float(number) <= 400 for pair in ends for number in pair), one.outline


def test_without_phases_there_is_no_arm() -> None:
    assert wheel.arms([]) == ()
