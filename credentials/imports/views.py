"""The admin's import pages. Every one checks the permission itself."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from credentials.admin.pagination import paged
from credentials.admin.trails import AdminPage, Trail
from credentials.imports import runs
from credentials.imports.columns import COLUMNS
from credentials.imports.forms import ColumnsForm, UploadForm
from credentials.imports.mapping import Mapping
from credentials.imports.parents import possible_parents
from credentials.imports.problems import SheetError, write_report
from credentials.imports.tasks import write_import
from credentials.imports.template_files import CSV_TYPE, XLSX_TYPE, csv_template, xlsx_template
from credentials.models import ImportRun

PERMISSION = "credentials.import_offerings"
RUNS_PER_PAGE = 20
PROBLEMS_PER_PAGE = 50
State = ImportRun.State


def require_permission(request: HttpRequest) -> None:
    """Raise PermissionDenied unless the user may import offerings."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied(_("Importing offerings is for those who keep the catalogue."))


class ImportView(AdminPage, TemplateView):
    """What all import pages share."""

    page_title = gettext_lazy("Import offerings")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_permission(request)
        return super().dispatch(request, *args, **kwargs)

    def trail(self) -> Trail:
        return [(reverse("credentials_imports:index"), _("Import offerings"))]

    def get_run(self) -> ImportRun:
        """The import that the address names, or 404."""
        return get_object_or_404(
            ImportRun.objects.select_related("parent", "created_by"), pk=self.kwargs["pk"]
        )


class IndexView(ImportView):
    """Past imports, the templates, and what each column means."""

    template_name = "credentials/importing/index.html"

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                label=_("New import"), url=reverse("credentials_imports:new"), icon_name="plus"
            )
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imports = ImportRun.objects.select_related("created_by")
        paging = paged(self.request, imports, RUNS_PER_PAGE, "imports")
        return {**super().get_context_data(**kwargs), **paging, "columns": COLUMNS.values()}


class NewView(ImportView):
    """Choose a file."""

    template_name = "credentials/importing/new.html"
    page_subtitle = gettext_lazy("New import")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parents = possible_parents(self.request.user)  # type: ignore[arg-type]
        kwargs.setdefault("form", UploadForm(parents=parents))
        return {**super().get_context_data(**kwargs), "has_parents": bool(parents)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the file's rows and go on to its columns."""
        parents = possible_parents(request.user)  # type: ignore[arg-type]
        form = UploadForm(request.POST, request.FILES, parents=parents)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                parent = form.cleaned_data["parent"]
                run = runs.upload(file.file, file.name, parent, request.user)
                return redirect("credentials_imports:columns", run.pk)
            except SheetError as error:
                form.add_error("file", str(error))
        return self.render_to_response(self.get_context_data(form=form))


class ColumnsView(ImportView):
    """Match the file's columns with our fields."""

    template_name = "credentials/importing/columns.html"
    page_subtitle = gettext_lazy("Match columns")
    states: ClassVar[tuple[str, ...]] = (State.UPLOADED, State.CHECKING, State.CHECKED)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_permission(request)
        if self.get_run().state not in self.states:
            return redirect("credentials_imports:run", self.kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.get_run()
        if "form" not in kwargs:
            initial = run.mapping and ColumnsForm.initial_from(Mapping.from_data(run.mapping))
            kwargs["form"] = ColumnsForm(headers=run.headers, initial=initial or None)
        first = run.rows.first()
        sample = list(zip(run.headers, first.cells if first else [], strict=False))
        return {**super().get_context_data(**kwargs), "run": run, "sample": sample}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin the dry run."""
        run = self.get_run()
        form = ColumnsForm(request.POST, headers=run.headers)
        if form.is_valid():
            runs.start_checking(run, form.cleaned_data["mapping"])
            return redirect("credentials_imports:run", run.pk)
        return self.render_to_response(self.get_context_data(form=form))


class RunView(ImportView):
    """Where one import stands: progress, counts, problems, what can be done next."""

    template_name = "credentials/importing/run.html"

    def get_page_subtitle(self) -> str:
        return str(self.get_run())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.get_run()
        self.page_subtitle = str(run)
        context = {
            "run": run,
            **paged(self.request, runs.problems_of(run), PROBLEMS_PER_PAGE, "problems"),
            "done": runs.progress(run),
            "is_under_way": run.state in (State.CHECKING, State.CONFIRMED, State.WRITING),
        }
        return {**super().get_context_data(**kwargs), **context}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; a file without a mapping goes to its columns first."""
        if self.get_run().state == State.UPLOADED:
            return redirect("credentials_imports:columns", self.kwargs["pk"])
        return super().get(request, *args, **kwargs)


class StepView(ImportView):
    """Changes to an import, by POST. The page's script asks for JSON, a plain form is sent back."""

    http_method_names = ["post"]
    step = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the step that the address names."""
        run = self.get_run()
        try:
            getattr(self, self.step)(run)
        except (PermissionDenied, SheetError) as error:
            messages.error(request, str(error))
        if request.accepts("text/html"):
            return redirect("credentials_imports:run", run.pk)
        return progress_response(self.get_run())

    def advance(self, run: ImportRun) -> None:
        """Check the next chunk, or begin to write what was confirmed."""
        if run.state == State.CHECKING:
            runs.check_next_chunk(run.pk)
        elif runs.claim_writing(run, self.request.user):  # type: ignore[arg-type]
            write_import.enqueue(run.pk)

    def confirm(self, run: ImportRun) -> None:
        """Accept the dry run."""
        runs.confirm(run, skip_invalid="skip_invalid" in self.request.POST)

    def cancel(self, run: ImportRun) -> None:
        """End without a change."""
        if runs.cancel(run):
            messages.success(self.request, _("The import was cancelled. Nothing was imported."))


def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is, as JSON: {"state", "done", "total"}."""
    require_permission(request)
    return progress_response(get_object_or_404(ImportRun, pk=pk))


def progress_response(run: ImportRun) -> JsonResponse:
    """State, rows done and rows in all."""
    return JsonResponse({"state": run.state, "done": runs.progress(run), "total": run.rows_total})


def problems_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report as a download."""
    require_permission(request)
    run = get_object_or_404(ImportRun, pk=pk)
    response = HttpResponse("\ufeff", content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-problems.csv"'
    write_report(runs.problems_of(run), response)
    return response


def template_file(request: HttpRequest, extension: str) -> HttpResponse:
    """The template as CSV or XLSX."""
    require_permission(request)
    content, content_type = (
        (csv_template(), CSV_TYPE) if extension == "csv" else (xlsx_template(), XLSX_TYPE)
    )
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="offerings.{extension}"'
    return response
