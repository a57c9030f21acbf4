"""The office's desk: /van-phong/."""

from django.urls import path

from . import home, messages
from .certificates import acting, bulk, finding, held, page

app_name = "office_desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("chung-nhan/", finding.certificate_list, name="certificates"),
    path("chung-nhan/tai-ve/", finding.certificate_export, name="certificate_export"),
    path("chung-nhan/hang-loat/", bulk.certificate_bulk, name="certificate_bulk"),
    path("chung-nhan/hang-loat/<int:act_request>/", bulk.bulk_result, name="certificate_bulk_result"),
    path("chung-nhan/<str:code>/", page.certificate_page, name="certificate"),
    path("chung-nhan/<str:code>/kien/<int:parcel>/", held.held_parcel, name="held_parcel"),
    path("chung-nhan/<str:code>/<slug:act>/", acting.certificate_act, name="certificate_act"),
    path("tin-nhan/", messages.message_list, name="messages"),
    path("tin-nhan/<int:message>/", messages.message_page, name="message"),
    path("tin-nhan/<int:message>/hien-thi/", messages.message_look, name="message_look"),
    path("tin-nhan/<int:message>/gui-lai/", messages.send_again, name="message_send_again"),
]
