"""The office's desk: /van-phong/."""

from django.urls import path

from . import home, messages

app_name = "office_desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("tin-nhan/", messages.message_list, name="messages"),
    path("tin-nhan/<int:message>/", messages.message_page, name="message"),
    path("tin-nhan/<int:message>/hien-thi/", messages.message_look, name="message_look"),
    path("tin-nhan/<int:message>/gui-lai/", messages.send_again, name="message_send_again"),
]
