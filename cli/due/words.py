"""What is due, in the words that a person reads for the code that the services tell."""

from __future__ import annotations

WHAT = {
    # parcels
    "planning": "plan of the case [方案编制]",
    "approval": "approval of the plan [方案批复]",
    "work": "work of the case [组织实施]",
    "acceptance": "acceptance of the case [验收]",
    "follow_up": "follow-up of the case [回头看]",
    "meeting_decision": "decision of the meeting [例会议定]",
    "periodic_report": "report of the risk control [风险管控报告]",
    "idle_1y": "becomes idle: not begun for a year [满一年未动工]",
    "idle_2y": "may be taken back: not begun for two years [满两年未动工]",
    "idle_stopped": "becomes idle: building has stopped [中止建设满一年]",
    "lease_end": "the lease ends [租约到期]",
    # enterprises
    "hand_over": "hand the request over [移交]",
    "pass_on": "pass the request on [转办]",
    "answer": "answer the request [答复]",
    "pay": "pay [支付]",
    "confirm": "confirm the claim [确认债权]",
    "expiry": "the honour ends [荣誉到期]",
    "recheck": "re-check of the honour [荣誉复核]",
    "pay_capital": "pay in the capital [缴足出资]",
    "adjust_capital_term": "adjust the term of the capital [调整出资期限]",
    "objections": "objections end [异议截止]",
    # projects
    "applications": "applications end [竞买申请截止]",
    "bonds": "bonds are in [保证金到账截止]",
    "result_publicity": "publish the result [成交结果公示]",
    "bond_return": "return the bonds [退还保证金]",
    "contract": "sign the contract [签订合同]",
    "payment": "payment [缴纳价款]",
    "delivery": "deliver the land [交地]",
    "start": "begin to build [开工]",
    "completion": "complete the building [竣工]",
    "start_review": "review of the start [开工核查]",
    "completion_review": "review of the completion [竣工复核]",
    "full_capacity_review": "review at full capacity [达产复核]",
    "annual_review": "yearly review [年度考核]",
    "target": "target of the platform [平台目标]",
    "policy_end": "the policy ends [政策到期]",
    "exception_end": "the exception ends [例外规定到期]",
    "hold_end": "the hold ends [预留到期]",
    "settlement": "settlement of the winner [获奖项目落地]",
    "next_step": "next step of the project [项目下一步]",
    "decide_offer_plan": "decide the offer plan [供地方案审批]",
    "publish_notice": "publish the notice [发布出让公告]",
}


def in_words(what: str) -> str:
    """The words for it; what has none stays as it is."""
    return WHAT.get(what, what)
