"""Letters over SMTP, also to addresses whose part before @ is not in Latin letters (RFC 6531)."""

from collections.abc import Sequence
from email.message import EmailMessage as Letter
from email.policy import SMTPUTF8

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

from mentoring_site.emails import needs_utf8


class EmailBackend(smtp.EmailBackend):
    """Django's, which would turn such an address into another one."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send letters; return how many. Raises ``SMTPNotSupportedError`` when the server takes Latin only."""
        other = [m for m in email_messages if any(map(needs_utf8, m.recipients()))]
        plain = [m for m in email_messages if m not in other]
        sent = super().send_messages(plain) or 0
        for message in other:
            self.open()
            if self.connection is not None:
                self.connection.send_message(_in_utf8(message))
                sent += 1
        return sent


def _in_utf8(message: EmailMessage) -> Letter:
    letter = Letter(policy=SMTPUTF8)
    letter["Subject"], letter["From"], letter["To"] = message.subject, message.from_email, ", ".join(message.to)
    for name, value in message.extra_headers.items():
        letter[name] = value
    letter.set_content(str(message.body))
    return letter
