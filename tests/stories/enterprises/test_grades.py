"""From a year's figures to a final grade, from a final D to the township that checks the plot, and back."""

from __future__ import annotations

import pytest

from tests.support.eventually import eventually

LAST = [{"grade": "D", "by": "<=", "value": "100"}]  # whoever is ranked gets a D


class Evaluation:
    """A round of the place `story.run`, told to a park that runs."""

    def __init__(self, story):
        self.story, self.version = story, 1

    @property
    def round_id(self):
        return f"{self.story.run}:2021:below_scale:{self.version}"

    def step(self, name, on, role="enterprise_desk", **more):
        about = {"round_id": self.round_id, "on": on, "operator_role": role}
        return self.story.write("enterprises", name, **about | more)

    def open(self):
        about = {"place": self.story.run, "data_year": 2021, "group": "below_scale"}
        how = {"scheme": "huangyan-2021-below", "cuts": LAST, "on": "2022-06-01"}
        who = {"townships": [self.story.township], "operator_role": "enterprise_desk"}
        return self.story.write("enterprises", "open_round", **about, **how, **who)

    def give(self, on, **figures):
        given = [{"name": name, "value": value} for name, value in figures.items()]
        about = {"enterprise_id": self.story.enterprise_id, "document_id": "D-1"}
        return self.step("give_round_figures", on, **about, figures=given)

    def sources(self):
        """What the firm sees of itself: where each figure comes from."""
        firm = {"enterprise_id": self.story.enterprise_id, "asked_by": self.story.enterprise_id}
        seen = self.story.park.call("enterprises", "my_figures", round_id=self.round_id, **firm)
        return {each["name"]: each["figure_source"] for each in seen["own_figures"]}

    def only_ours(self, on):
        """Firms of other stories are left out."""
        scores = self.story.park.call("enterprises", "round_scores", round_id=self.round_id)
        for firm in scores["scored_firms"]:
            if firm["enterprise_id"] != self.story.enterprise_id:
                about = {"placed": "left_out", "reason_code": "PUBLIC_UTILITY"}
                self.step("place_firm", on, enterprise_id=firm["enterprise_id"], **about)

    def finish(self, month, fixed=None):
        self.only_ours(f"2022-{month}-01")
        self.step("publicise_areas", f"2022-{month}-01")
        self.step("score_round", f"2022-{month}-10")
        if fixed:
            about = {"enterprise_id": self.story.enterprise_id, "document_id": "D-2"}
            how = {"kind": "fixed", "target_grade": fixed, "reason": "by the list of the county"}
            self.step("adjust_grade", f"2022-{month}-10", **about, **how)
        self.step("publicise_grades", f"2022-{month}-11")
        self.step("finalise_round", f"2022-{month}-20", "evaluation_group")


@pytest.fixture
def evaluation(story):
    """A firm with its plot and its figures, in a round that is open."""
    reports = dict(story.reports())
    figures = {"enterprise_id": story.enterprise_id, "data_year": 2021, "source_class": "tax"}
    names = ("parcel.registered", "enterprise.registered")
    story.tell([(name, reports[name]) for name in names])
    story.tell([("enterprise.figures_reported", figures | {"tax_paid_cny": "100000"})])
    found = Evaluation(story)
    found.open()
    found.give("2022-06-01", electricity_kwh="1000000")
    eventually(lambda: "land_m2" in found.sources())  # the survey came by way of the broker
    return found


def test_a_final_d_is_told_to_the_township_and_taken_back_to_everyone_when_it_is_revised(
    story, evaluation
):
    desk = {"name": "township desk", "channel": "log", "address": "township"}
    kinds = ["low_efficiency_suspected"]  # and no corrections, by its own filter
    own = story.write("notify", "subscribe", **desk, kinds=kinds, townships=[story.township])

    evaluation.finish("06")

    suspected = eventually(lambda: story.alerts("low_efficiency_suspected"))[0]
    assert suspected["data"]["criteria"] == ["final_grade (ours)"]
    assert own["subscription_id"] in suspected["recipients"]
    dropped = story.alert("grade_dropped")
    assert dropped["data"]["grade"] == "D"

    evaluation.step("revise_round", "2022-07-01", "evaluation_group", why="a list was left out")
    evaluation.version = 2
    evaluation.finish("07", fixed="A")

    lifted = eventually(lambda: story.alerts("suspicion_lifted"))[0]
    assert set(suspected["recipients"]) <= set(lifted["recipients"])
    restored = story.alert("grade_restored")
    assert restored["data"]["grade"] == "A"
    assert set(dropped["recipients"]) <= set(restored["recipients"])
    suspicion_id = f"{story.parcel_id}:2021"
    found = story.park.call("parcels", "get_suspicion", suspicion_id=suspicion_id)
    assert found["state"] == "clear"
    years = story.park.call("enterprises", "grades_of", enterprise_id=story.enterprise_id)
    assert [(each["grade"], each["revision"]) for each in years["revisions"]] == [
        ("D", 1),
        ("A", 2),
    ]


def test_the_firm_sees_its_figures_with_their_sources_the_area_from_the_land_register(
    story, evaluation
):
    assert evaluation.sources() == {
        "tax_paid_cny": "tax",
        "electricity_kwh": "desk",
        "land_m2": "register",
    }
