"""What every copy has to say of itself: the licence, whom to credit, and what it is not."""

from __future__ import annotations

from typing import Final

NAME: Final = "CC BY 4.0"
URL: Final = "https://creativecommons.org/licenses/by/4.0/"
CREDIT: Final = (
    "From the open restatement of the Data Protection and Use Policy, CC BY 4.0. It is based on "
    "the policy by the Social Wellbeing Agency, Crown copyright, CC BY 4.0, and was rewritten and "
    "adapted. The Crown has not endorsed it."
)
NOTICE: Final = (
    "An independent restatement of the Data Protection and Use Policy in our own words. It is not "
    "the official policy and nobody in government has endorsed it. It gives no legal advice."
)
OFFICIAL: Final = (
    "https://www.digital.govt.nz/standards-and-guidance/privacy-security-and-risk/privacy/"
    "data-protection-and-use-policy-dpup"
)
"""Where the official policy is."""
LANGUAGE: Final = "en-NZ"
