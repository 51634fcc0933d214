"""Page types by kind."""

from credentials.models.offerings.certificate_program import CertificateProgram
from credentials.models.offerings.course import Course
from credentials.models.offerings.digital_badge import DigitalBadge
from credentials.models.offerings.micro_credential import MicroCredential
from credentials.models.offerings.offering import Offering

PAGE_TYPES: dict[str, type[Offering]] = {
    str(model.kind): model for model in (CertificateProgram, Course, MicroCredential, DigitalBadge)
}
