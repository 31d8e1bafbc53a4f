"""Plain text over SMTP. Why not by apprise: docs/decisions/0007. Imported by `aside`, for e-mail alone."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.header import Header
from email.mime.text import MIMEText
from email.utils import formatdate
from typing import Any

from backbone import certificates
from backbone.tls import Tls

from ..delivery.message import ChannelError, Message
from ..subscriptions.target import Target
from .deadline import within
from .settings import ChannelSettings, SmtpServer


class _Tidy(smtplib.SMTP):
    """Closes its connection when the greeting fails or takes too long; smtplib leaves it open."""

    def __init__(self, *where: Any, **how: Any) -> None:
        try:
            super().__init__(*where, **how)
        except BaseException:
            self.close()
            raise


class _TidyTls(_Tidy, smtplib.SMTP_SSL):
    """With TLS from the first byte."""


def send(target: Target, message: Message, settings: ChannelSettings) -> None:
    try:
        smtp = settings.mail_server()
    except ValueError as problem:
        raise ChannelError(False, f"{problem}.") from None
    if smtp is None:
        raise ChannelError(False, "No mail server is set (SMTP_URL).")
    try:
        with (
            within(settings.timeout_s, "The mail server"),
            _server(smtp, settings.timeout_s) as server,
        ):
            mail = mail_of(smtp.sender, target.address, message)
            server.send_message(mail, smtp.sender, [target.address])
    except smtplib.SMTPAuthenticationError:
        # our own password is wrong: the operator can mend it while the message waits
        raise ChannelError(False, "The mail server refused our login.") from None
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(*(code for code, _ in error.recipients.values())) from None
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code) from None
    except (smtplib.SMTPException, OSError) as error:
        sentence = f"The mail server could not be used ({type(error).__name__})."
        raise ChannelError(False, sentence) from None


def mail_of(sender: str, recipient: str, message: Message) -> MIMEText:
    """The same Message-ID at every try, so that a mail server or reader can drop a copy.

    The subject is encoded as a whole. `EmailMessage` encodes only the words that need it, and loses
    the space between two of them.
    """
    mail = MIMEText(message.text.replace("\n", "\r\n"), "plain", "utf-8")
    mail["From"], mail["To"] = sender, recipient
    mail["Subject"] = Header(message.title, "utf-8", header_name="Subject").encode()
    mail["Message-ID"] = f"<{message.delivery_id}@{_domain(sender)}>"
    mail["Date"] = formatdate()
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    return mail


@contextmanager
def _server(smtp: SmtpServer, timeout_s: float) -> Iterator[smtplib.SMTP]:
    """The mail server, for one message. What it says to our QUIT is not waited for: by then it has
    the message, and a failure would send a second one."""
    server = _connected(smtp, timeout_s)
    try:
        yield _watched(_prepared(server, smtp), smtp)
        with suppress(OSError, smtplib.SMTPException):
            server.putcmd("quit")
    finally:
        server.close()


def _connected(smtp: SmtpServer, timeout_s: float) -> smtplib.SMTP:
    # named, or smtplib asks the resolver who we are, which can take seconds
    ours = _domain(smtp.sender)
    if not smtp.tls:
        return _Tidy(smtp.host, smtp.port, ours, timeout=timeout_s)
    context = smtp.certified.context()
    return _TidyTls(smtp.host, smtp.port, ours, timeout=timeout_s, context=context)


def _prepared(server: smtplib.SMTP, smtp: SmtpServer) -> smtplib.SMTP:
    """The same server, encrypted and with our login."""
    if not smtp.tls:
        server.ehlo()
        # a password never travels in the clear, nor does a letter to whom a certificate is asked of
        if smtp.user or smtp.certified != Tls() or server.has_extn("starttls"):
            server.starttls(context=smtp.certified.context())
    if smtp.user:
        server.login(smtp.user, smtp.password)
    return server


def _watched(server: smtplib.SMTP, smtp: SmtpServer) -> smtplib.SMTP:
    """The same server; when the certificates of an encrypted line end is a metric from now on."""
    if isinstance(server.sock, ssl.SSLSocket):
        certificates.tell_of(certificates.SMTP, smtp.certified, ["notify"], server.sock)
    return server


def _refused(*codes: int) -> ChannelError:
    """By the reply code alone: the server's words often repeat the address. 4xx may pass later,
    5xx will not (RFC 5321 section 4.2.1)."""
    code = max(codes)
    return ChannelError(code >= 500, f"The mail server answered {code}.")


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
