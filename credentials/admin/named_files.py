"""Pictures and documents that the record names, in Wagtail's own pages of them (law 3).

Another file for one of these becomes a new picture or document; deleting it is refused with the
place that names it. The files themselves are held by `credentials.files.guard`.
"""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail.actions import action_registry
from wagtail.admin import messages
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.admin.views.generic import DeleteView, EditView
from wagtail.documents.views import documents
from wagtail.images.views import images

from credentials.files.guard import refusal_to_go
from credentials.files.named_files import Naming, file_models, namings


class NewFileInstead(EditView):
    """Editing a picture or document; a file that the record names is kept beside the new one."""

    named: Naming | None = None

    def is_valid(self, form: BaseCollectionMemberForm) -> bool:
        """Validate. Raises nothing; adding a picture or document takes its own permission."""
        if "file" in form.changed_data:
            self.named = next(namings(self.object), None)
        if self.named and form.is_valid() and not self._may_add(form):
            form.add_error(
                "file",
                _(
                    "The record names this file (%(place)s), so another one would be a new entry; "
                    "ask somebody who may add one to this collection."
                )
                % {"place": self.named.place},
            )
        return bool(super().is_valid(form))

    def _may_add(self, form: BaseCollectionMemberForm) -> bool:
        collections = self.permission_policy.collections_user_has_permission_for(
            self.request.user, "add"
        )
        return bool(collections.filter(pk=form.instance.collection_id).exists())

    def save_instance(self) -> models.Model:
        """Save; as a new picture or document with the form's values where the old one stays."""
        if self.named is None:
            return super().save_instance()
        added = self.form.instance
        added.pk, added._state.adding = None, True
        added.uploaded_by_user = self.request.user
        self.form.original_file = None  # Wagtail's form would delete it
        create = action_registry.get_action_class(self.model, "create")
        create(added, user=self.request.user, form=self.form).execute(skip_permission_checks=True)
        return added

    def get_success_message(self) -> str:
        """Say what became of the file that was there, and what to do next."""
        if self.named is None:
            return str(super().get_success_message())
        return _(
            "The record names the file that was here (%(place)s), so it stays as it is. Your file "
            "became a new entry, “%(title)s”: choose that in the draft of what is to show it."
        ) % {"place": self.named.place, "title": self.object.title}

    def get_success_buttons(self) -> list[Any]:
        """Links to the new entry and to the one that stays."""
        if self.named is None:
            return list(super().get_success_buttons())
        kept = reverse(self.edit_url_name, args=[self.named.key])
        return [
            messages.button(self.get_edit_url(), _("The new one")),
            messages.button(kept, _("The one that stays")),
        ]


class RefuseToDelete(DeleteView):
    """Deleting a picture or document, unless the record names it."""

    edit_url_name: str

    def run_before_hook(self) -> HttpResponse | None:
        """Send back to the picture or document, with a sentence that says where it is named."""
        refusal = refusal_to_go(self.object)
        if refusal is None:
            return super().run_before_hook()
        messages.error(self.request, str(refusal))
        return redirect(reverse(self.edit_url_name, args=[self.object.pk]))


class ImageEditView(NewFileInstead, images.EditView):
    """Wagtail's page of a picture."""


class DocumentEditView(NewFileInstead, documents.EditView):
    """Wagtail's page of a document."""


class ImageDeleteView(RefuseToDelete, images.DeleteView):
    """Wagtail's page to delete a picture."""

    edit_url_name = "wagtailimages:edit"


class DocumentDeleteView(RefuseToDelete, documents.DeleteView):
    """Wagtail's page to delete a document."""

    edit_url_name = "wagtaildocs:edit"


def register_urls() -> list[URLPattern]:
    """At Wagtail's own addresses, before them; their names go on being Wagtail's."""
    return [
        path("images/<key:image_id>/", ImageEditView.as_view()),
        path("images/<key:image_id>/delete/", ImageDeleteView.as_view()),
        path("documents/edit/<key:document_id>/", DocumentEditView.as_view()),
        path("documents/delete/<key:document_id>/", DocumentDeleteView.as_view()),
    ]


def keep_named(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Before pictures or documents are deleted together: none is, while the record names one."""
    if action_type != "delete":
        return None
    files = [each for each in objects if isinstance(each, file_models())]
    refusals = [refusal for refusal in map(refusal_to_go, files) if refusal]
    for refusal in refusals:
        messages.error(request, str(refusal))
    return redirect(action.next_url) if refusals else None
