"""The mean of an industry in a year, and the firms that were measured by it: they meet here."""

from __future__ import annotations

from dataclasses import replace

from backbone.records import record

from .marks import IndustryMean


@record
class CarbonMean:
    """`means` are all that were ever said, `enterprise_ids` the firms whose carbon code they concern."""

    carbon_mean_id: str
    industry_code: str
    data_year: int
    means: tuple[IndustryMean, ...] = ()
    enterprise_ids: tuple[str, ...] = ()

    @classmethod
    def unknown(cls, industry_code: str, data_year: int) -> CarbonMean:
        key = f"{industry_code}.{data_year}"
        return cls(carbon_mean_id=key, industry_code=industry_code, data_year=data_year)

    def with_firm(self, enterprise_id: str) -> CarbonMean:
        return replace(self, enterprise_ids=tuple(sorted({*self.enterprise_ids, enterprise_id})))

    def with_mean(self, mean: IndustryMean) -> CarbonMean:
        return replace(self, means=(*self.means, mean))
