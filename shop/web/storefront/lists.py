"""All products, categories and provinces."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue_ext.models import ALCOHOL_CRITERIA_SETS, Category
from shop.common.places.models import Province
from shop.common.templatetags.shop_format import in_language
from shop.domain.listings.filtering import Section

from .browsing import PAGE, ListPage, browse
from .public_page import public_page, render_for_all
from .seo import head_of
from .structured_data import breadcrumb_list

Crumb = dict[str, str]


@public_page
def all_products(request: HttpRequest) -> HttpResponse:
    """/san-pham/: the whole shelf."""
    page = browse(request, Section())
    return _render(request, page, title=_("Tất cả sản phẩm"), crumbs=[], group="")


@public_page
def category(request: HttpRequest, category_slug: str, pk: int) -> HttpResponse:
    """/danh-muc/<slug>-<id>/: a group, sub-group or criteria set with everything below it."""
    chosen = Category.objects.filter(pk=pk, is_public=True).first()
    if chosen is None:
        raise Http404
    if category_slug != chosen.slug:
        return _moved(request, category_url(chosen))
    children = list(Category.objects.get_children(chosen)) if chosen.numchild else []
    if is_for_adults(chosen, children):
        return redirect("storefront:adults")
    page = browse(request, Section(category=chosen), left_out=("nhom",))
    crumbs = [_category_crumb(each) for each in Category.objects.get_ancestors(chosen)] if chosen.depth > 1 else []
    return _render(
        request,
        page,
        title=in_language(chosen, "name"),
        crumbs=crumbs,
        group=chosen.group,
        children=[_category_crumb(child) for child in children],
    )


@public_page
def province(request: HttpRequest, slug: str) -> HttpResponse:
    """/tinh/<slug>/: what comes from one province."""
    chosen = Province.objects.filter(slug=slug).first()
    if chosen is None:
        raise Http404
    page = browse(request, Section(province_code=chosen.code), left_out=("tinh",))
    title = _("Sản phẩm OCOP %(province)s") % {"province": chosen.local_name}
    crumbs = [{"text": _("Tỉnh, thành phố"), "url": reverse("storefront:provinces")}]
    return _render(request, page, title=title, crumbs=crumbs, group="", province=chosen.slug)


def category_url(category: Category) -> str:
    """Return the one address of a category's list."""
    return reverse("catalogue:category", kwargs={"category_slug": category.slug, "pk": category.pk})


def is_for_adults(category: Category, children: Sequence[Category]) -> bool:
    """Say whether a category holds alcohol and nothing else: by its own criteria set, or by those of all below it."""
    if children:
        return all(child.criteria_set in ALCOHOL_CRITERIA_SETS for child in children)
    return category.criteria_set in ALCOHOL_CRITERIA_SETS


def _category_crumb(category: Category) -> Crumb:
    return {"text": in_language(category, "name"), "url": category_url(category)}


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    query = request.GET.urlencode()
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _render(request: HttpRequest, page: ListPage, *, title: str, crumbs: list[Crumb], **context: object) -> HttpResponse:
    trail = [{"text": _("Trang chủ"), "url": reverse("storefront:home")}, *crumbs, {"text": title, "url": ""}]
    description = _("%(title)s: %(count)s sản phẩm có giấy chứng nhận OCOP còn hiệu lực, mua thẳng từ chủ thể.") % {
        "title": title,
        "count": page.total,
    }
    head = head_of(
        request,
        page=page.page.number,
        description=description,
        is_indexed=page.is_plain and page.total > 0 and set(request.GET) <= {PAGE},
        data=[breadcrumb_list(trail, request.path)],
    )
    return render_for_all(
        request, "storefront/list.html", {"list": page, "title": title, "crumbs": trail, "head": head, **context}
    )
