"""The case for a proposal and its protocol sections, filled in (PA-1 to PA-11)."""

FILLED = {
    "admission_requirements": "<p>None.</p>",
    "rationale": "Employers asked for it.",
    "need_evidence": "Nine of ten residences lack trained staff.",
    "objectives": "Fewer falls in residences.",
    "stakeholders": "Residents, staff, the health network.",
    "typical_student": "A care aide with two years of practice.",
    "program_outcomes": "Graduates move patients without harm.",
    "curriculum_design": "From assessment to practice, in four modules.",
    "assessment_evaluation": "Results are read each term with the instructors.",
    "continuous_improvement": "A survey after each session feeds the next one.",
    "review_accreditation": "No outside body accredits it; asked in 2026.",
    "compliance_legal": "Consent forms, licensed images, captioned videos.",
    "communication_transparency": "The page says criteria, fees and limits.",
    "monitoring_reporting": "Enrolment and completion are reported each year.",
}
