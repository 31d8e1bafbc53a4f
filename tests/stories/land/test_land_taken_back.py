"""The soil of released land turns bad: the release is revoked, the land is off the market, and everyone who
had been told of it reads so in a letter; on a real broker and a real store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.eventually import eventually
from tests.support.park import Story
from tests.support.post import Post, post_of

from ..projects.test_the_contract import Desk
from .test_soil import notice

PEOPLE = {
    "land-desk": ["release_ready"],
    "investment": ["land_matched"],
    "notices": ["listing_published"],
    "awards": ["listing_awarded"],
    "contracts": ["contract_signed"],
    "team": ["project_land_contested"],
}


@pytest.fixture(scope="module")
def post(rabbitmq, redis_server) -> Iterator[Post]:
    with post_of(rabbitmq.new_vhost(), redis_server.new_url()) as found:
        for name, kinds in PEOPLE.items():
            found.box(name, *kinds)
        yield found


@pytest.fixture
def desk(post: Post) -> Desk:
    """Land that was released, matched with a lead, and whose notice is out."""
    desk = Desk(Story(post.park))
    eventually(lambda: desk.story.match(desk.listing_id, desk.lead_id))
    return desk


def applied(desk: Desk) -> None:
    about = {"application_id": "A-01", "bidder": {"name": f"works {desk.story.run}"}}
    desk.write("apply_for_land", **about, applied_at=f"{desk.day(10)}T10:00:00+08:00")
    paid = {"amount_cny": "940000", "paid_at": f"{desk.day(20)}T10:00:00+08:00"}
    desk.write("record_bond", application_id="A-01", **paid)


def test_a_survey_of_a_township_takes_offered_land_back_from_all_whom_it_had_reached(post, desk):
    story, parcel = desk.story, desk.story.parcel_id
    applied(desk)
    for name, title in (("land-desk", "[可供地]"), ("investment", "[匹配项目]")):
        assert post.text(name, f"{title}: {parcel}")

    reported = {
        "parcel_id": parcel, "soil_report_id": "DC-1", "phase": "preliminary",
        "concluded_on": "2023-08-20", "conclusion": "detailed_survey_needed",
    }  # fmt: skip
    assert story.publish("soil.surveyed", reported)["outcome"] == "accepted"

    assert story.listing("withdrawn")
    assert post.text("land-desk", f"Release revoked [撤销供地]: {parcel}")
    assert post.text("notices", f"Listing withdrawn [撤回]: {parcel}")
    lost = post.text("investment", f"Match withdrawn [匹配撤回]: {parcel}")
    assert desk.lead_id in lost
    ended = post.text("notices", f"Offer terminated [终止出让]: 2023-{story.run}")
    assert "1 applicant(s); 1 bond(s)" in ended
    assert "940,000.00 yuan" in ended
    assert not any(parcel in subject for subject in post.subjects("awards"))
    told = story.alert("match_withdrawn")["alert_id"]
    chain = post.park.call("notify", "explain", alert_id=told)["chain"]
    assert [each["type"] for each in chain] == [
        "projects.match_withdrawn", "parcels.release_revoked", "soil.surveyed",
    ]  # fmt: skip


def test_a_notice_of_the_province_puts_a_contract_in_doubt_and_the_removal_ends_that(post, desk):
    story, parcel = desk.story, desk.story.parcel_id
    desk.award()
    desk.sign()
    for name in ("awards", "contracts"):
        assert post.text(name, parcel if name == "contracts" else f"2023-{story.run}")

    notice(story, 1, "2023-09-25", added=True)

    in_doubt = f"Award without a release [成交存疑]: {parcel}"
    assert post.text("land-desk", f"Release revoked [撤销供地]: {parcel}")
    assert post.text("awards", in_doubt)
    assert post.text("contracts", in_doubt)
    assert parcel in post.text("team", f"Land of a project in doubt [项目用地存疑]: {desk.lead_id}")
    contract = post.park.call("projects", "get_contract", contract_id=desk.contract_id)
    assert contract["state"] == "signed"
    assert contract["against"]

    notice(story, 2, "2023-12-20", removed=True)

    for name in ("awards", "contracts"):
        assert post.text(name, f"Award no longer in doubt [成交存疑解除]: {parcel}")
    assert post.text("team", f"no longer in doubt [项目用地存疑解除]: {desk.lead_id}")
    contract = post.park.call("projects", "get_contract", contract_id=desk.contract_id)
    assert contract["against"] == []
