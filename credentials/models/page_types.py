"""Page types by kind."""

from credentials.models.certificate_program import CertificateProgram
from credentials.models.course import Course
from credentials.models.digital_badge import DigitalBadge
from credentials.models.micro_credential import MicroCredential
from credentials.models.offering import Offering

PAGE_TYPES: dict[str, type[Offering]] = {
    str(model.kind): model for model in (CertificateProgram, Course, MicroCredential, DigitalBadge)
}
