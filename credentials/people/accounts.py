"""What is kept of accounts, so that a person is known again when theirs is gone (law 4)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed


class AccountTrace(AppendOnly):
    """A mark that an account bore at some time: the SHA-256 of its folded name or address.

    Neither name nor address can be read from it, and it is served and exported nowhere (law 6);
    the log seals it with a salt, as all that is internal. It outlives the account. Two rows that
    say the same do no harm.
    """

    sealed = Sealed.INTERNAL

    user_key = models.CharField(_("person's key"), max_length=64, db_index=True)
    mark = models.CharField(_("mark"), max_length=64, db_index=True)
    left_at = models.DateTimeField(_("at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("trace of an account")
        verbose_name_plural = _("traces of accounts")

    def __str__(self) -> str:
        return self.user_key
