"""manage.py import_decision FILE: show what an official list would change, and change it whole or not at all."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.certificates.annexes.annex import Annex
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.importing.planning import plan_import
from shop.domain.certificates.importing.reading import OptionUnreadable, read_given
from shop.domain.certificates.importing.report import report_of
from shop.domain.listings.importing import import_list

REFUSED = 2


class Command(BaseCommand):
    """Exit 0 when the plan can be applied (and, without --dry-run, is), 2 when the file is refused."""

    help = "Reads a recognition decision's list (xlsx, xls, ods, csv), prints the plan, applies it whole or not at all."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the list; recognised by its content, not by its name")
        parser.add_argument("--dry-run", action="store_true", help="show the plan, change nothing")
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows and leave the others out")
        parser.add_argument("--language", choices=("vi", "en"), default="vi", help="language of the messages")
        for name, meaning in (
            ("authority", "who decided: UBND tỉnh Lâm Đồng"),
            ("number", "number of the decision: 3981/QĐ-UBND"),
            ("signed-on", "day of the decision: 2026-08-05 or 05/08/2026"),
            ("stars", "rank of rows that say none: 3, 4 or 5"),
            ("province", "province of rows that say none, of today or of before 01/07/2025"),
            ("sheet", "name or number of the one sheet to read; all of them without it"),
        ):
            parser.add_argument(f"--{name}", help=meaning)

    def handle(self, *, file: str, language: str, **options: object) -> None:
        with translation.override(language):
            is_refused, report = _import(file, options)
        # Only the report goes to standard output, whatever happens above.
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else _as_text(report, is_refused=is_refused))
        if is_refused:
            sys.exit(REFUSED)


def _import(file: str, options: dict) -> tuple[bool, dict]:
    try:
        given: Given = read_given(
            options={name: options[name] for name in ("authority", "number", "signed_on", "stars", "province", "sheet")}
        )
    except OptionUnreadable as error:
        plan = plan_import(annex=Annex(problems=[error.problem]))
        return True, report_of(plan=plan, file=file, is_applied=False)
    outcome = import_list(
        path=Path(file),
        given=given,
        now=clock.now(),
        dry_run=bool(options["dry_run"]),
        skip_bad_rows=bool(options["skip_bad_rows"]),
    )
    return outcome.is_refused, {**outcome.report, "file": file}


def _as_text(report: dict, *, is_refused: bool) -> str:
    decision, counts = report["decision"], report["counts"]
    title = " · ".join(str(decision[name]) for name in ("authority", "number", "signed_on") if decision[name])
    lines = [f"{report['file']}", f"  {title}", ""]
    lines += [
        f"  {row['row']:>5}  {row['action']:<12} {row['stars'] or '–'}★  {row['product_name']} · {row['producer_name'] or '–'}"
        for row in report["rows"]
    ]
    lines += ["", *(f"  {'!' if problem['level'] == 'error' else '·'} {problem['message']}" for problem in report["problems"])]
    lines += ["", "  " + ", ".join(f"{name} {number}" for name, number in counts.items())]
    lines.append(
        "  "
        + (
            _("Bị từ chối: không dòng nào được nhập.")
            if is_refused
            else _("Đã nhập.")
            if report["applied"]
            else _("Có thể nhập; chưa ghi gì.")
        )
    )
    return "\n".join(lines)
