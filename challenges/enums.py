"""The words of this field: machine keys are stable, labels are translated."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChallengeKind(models.TextChoices):
    """What is sought; each kind comes with its own phases and rubric (`blueprints`)."""

    CREATIVE_DESIGN = "creative_design", _("Creative design")
    TECHNOLOGICAL_SOLUTION = "technological_solution", _("Technological solution")
    STRUCTURAL_DESIGN = "structural_design", _("Structural design")
    IDEATION = "ideation", _("Ideation")
    SUPPLIER_SEARCH = "supplier_search", _("Supplier search")
    PROTOTYPE = "prototype", _("Prototype")


class ChallengeState(models.TextChoices):
    """The life of a challenge, from the first draft to the archive."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    FORECAST = "forecast", _("Forecast")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    EVALUATING = "evaluating", _("Evaluating")
    DECIDED = "decided", _("Decided")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")
    ARCHIVED = "archived", _("Archived")


UNPUBLISHED = (
    ChallengeState.DRAFT,
    ChallengeState.IN_REVIEW,
    ChallengeState.CHANGES_REQUESTED,
    ChallengeState.APPROVED,
)
"""States in which nobody but the seeker and the platform master knows of a challenge."""

EDITABLE = (ChallengeState.DRAFT, ChallengeState.CHANGES_REQUESTED)
"""States in which the seeker may change everything."""

TAKING = (ChallengeState.FORECAST, ChallengeState.OPEN)
"""States in which somebody may still become a solver: announced, or open."""

RESULTS_OUT = (ChallengeState.DECIDED, ChallengeState.COMPLETED, ChallengeState.ARCHIVED)
"""States in which the decision is out, and with it the names of the solvers."""


class PhaseState(models.TextChoices):
    """The life of one phase."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    EVALUATING = "evaluating", _("Evaluating")
    DECIDED = "decided", _("Decided")


UNSEALED = (PhaseState.CLOSED, PhaseState.EVALUATING, PhaseState.DECIDED)
"""States of a phase in which the bodies filed for it may be opened."""


class BlindLevel(models.TextChoices):
    """Who is hidden from whom until the decision is out."""

    OPEN = "open", _("Open: everybody sees everybody")
    SINGLE = "single", _("Single blind: solvers do not see their reviewers")
    DOUBLE = "double", _("Double blind: nor do the readers see the solvers")


class Priority(models.TextChoices):
    """How much a requirement weighs: without a must there is no solution."""

    MUST = "must", _("Must")
    SHOULD = "should", _("Should")


class TechnologyField(models.TextChoices):
    """The 35 fields of technology of WIPO's concordance with the IPC."""

    ELECTRICAL_MACHINERY = "1", _("Electrical machinery, apparatus, energy")
    AUDIO_VISUAL_TECHNOLOGY = "2", _("Audio-visual technology")
    TELECOMMUNICATIONS = "3", _("Telecommunications")
    DIGITAL_COMMUNICATION = "4", _("Digital communication")
    BASIC_COMMUNICATION_PROCESSES = "5", _("Basic communication processes")
    COMPUTER_TECHNOLOGY = "6", _("Computer technology")
    IT_METHODS = "7", _("IT methods for management")
    SEMICONDUCTORS = "8", _("Semiconductors")
    OPTICS = "9", _("Optics")
    MEASUREMENT = "10", _("Measurement")
    BIOLOGICAL_ANALYSIS = "11", _("Analysis of biological materials")
    CONTROL = "12", _("Control")
    MEDICAL_TECHNOLOGY = "13", _("Medical technology")
    FINE_CHEMISTRY = "14", _("Organic fine chemistry")
    BIOTECHNOLOGY = "15", _("Biotechnology")
    PHARMACEUTICALS = "16", _("Pharmaceuticals")
    POLYMERS = "17", _("Macromolecular chemistry, polymers")
    FOOD_CHEMISTRY = "18", _("Food chemistry")
    BASIC_MATERIALS = "19", _("Basic materials chemistry")
    METALLURGY = "20", _("Materials, metallurgy")
    COATING = "21", _("Surface technology, coating")
    NANOTECHNOLOGY = "22", _("Micro-structural and nano-technology")
    CHEMICAL_ENGINEERING = "23", _("Chemical engineering")
    ENVIRONMENTAL_TECHNOLOGY = "24", _("Environmental technology")
    HANDLING = "25", _("Handling")
    MACHINE_TOOLS = "26", _("Machine tools")
    ENGINES = "27", _("Engines, pumps, turbines")
    TEXTILE_MACHINES = "28", _("Textile and paper machines")
    OTHER_SPECIAL_MACHINES = "29", _("Other special machines")
    THERMAL_PROCESSES = "30", _("Thermal processes and apparatus")
    MECHANICAL_ELEMENTS = "31", _("Mechanical elements")
    TRANSPORT = "32", _("Transport")
    FURNITURE = "33", _("Furniture, games")
    OTHER_CONSUMER_GOODS = "34", _("Other consumer goods")
    CIVIL_ENGINEERING = "35", _("Civil engineering")


class TermsModel(models.TextChoices):
    """What happens to the rights in a winning solution."""

    ASSIGNMENT = "assignment", _("Assignment: the rights pass to the seeker")
    EXCLUSIVE = "exclusive", _("Exclusive licence to the seeker")
    SOLE = "sole", _("Sole licence: the seeker and the solver, nobody else")
    NON_EXCLUSIVE = "non_exclusive", _("Non-exclusive licence to the seeker")
    SOLVER_KEEPS = "solver_keeps", _("The solver keeps all rights")


class RegistrationState(models.TextChoices):
    """How far somebody is let into a challenge."""

    REQUESTED = "requested", _("Requested")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    REVOKED = "revoked", _("Revoked")


class SubmissionState(models.TextChoices):
    """The life of a submission, from the team's draft to the decision."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SCREENING = "screening", _("Screening")
    MORE_INFO = "more_info", _("More information asked")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Ineligible")
    IN_EVALUATION = "in_evaluation", _("In evaluation")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    SELECTED = "selected", _("Selected")
    NOT_SELECTED = "not_selected", _("Not selected")
    AWARDED = "awarded", _("Awarded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISQUALIFIED = "disqualified", _("Disqualified")


TEAM_ONLY = (SubmissionState.DRAFT, SubmissionState.WITHDRAWN)
"""States in which a submission is nobody's business but its team's."""


class PendingDecision(models.TextChoices):
    """A decision taken quietly, before all are released together."""

    SHORTLIST = "shortlist", _("Shortlist")
    SELECT = "select", _("Select")
    DECLINE = "decline", _("Decline")


class Accessed(models.TextChoices):
    """What of a submission somebody outside its team has opened."""

    ABSTRACT = "abstract", _("Abstract")
    BODY = "body", _("Body")
    FILE = "file", _("File")
    IDENTITY = "identity", _("Who the solver is")


class AssignmentState(models.TextChoices):
    """How far a reviewer is with a submission."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    CONFLICT = "conflict", _("Conflict of interest")
    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")


READING = (
    AssignmentState.ACCEPTED,
    AssignmentState.IN_PROGRESS,
    AssignmentState.SUBMITTED,
    AssignmentState.RETURNED,
)
"""States of an assignment that let its reviewer read the submission."""


class Recommendation(models.TextChoices):
    """What a reviewer advises."""

    SELECT = "select", _("Select")
    SHORTLIST = "shortlist", _("Shortlist")
    DECLINE = "decline", _("Decline")


class AwardState(models.TextChoices):
    """The life of an award, from the recommendation to the last payment."""

    RECOMMENDED = "recommended", _("Recommended")
    APPROVED = "approved", _("Approved")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    VERIFIED = "verified", _("Verified")
    CONTRACTED = "contracted", _("Contracted")
    IN_PAYMENT = "in_payment", _("In payment")
    SETTLED = "settled", _("Settled")
    FROZEN = "frozen", _("Frozen")
