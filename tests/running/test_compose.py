"""docker-compose.yml without an engine: the format, the promises of its services, and that our commands are what it starts."""

import json
import re

import jsonschema
import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from jsonschema import Draft201909Validator

SCHEMA = settings.BASE_DIR / "tests/vendor/compose-spec-1.29.2/compose_spec.json"
OURS = {"prepare": 1, "web": 2, "worker": 2, "scheduler": 1}
# `:?` stops the start when the variable is unset, `:-` gives a default.
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(:[?-])?[^}]*\}")


@pytest.fixture(scope="module")
def text():
    return (settings.BASE_DIR / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def services(text):
    return yaml.safe_load(text)["services"]


@pytest.fixture(scope="module")
def documented():
    return set(re.findall(r"^#?([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.MULTILINE))


def test_the_file_follows_the_schema_of_its_format(text):
    Draft201909Validator(json.loads(SCHEMA.read_text())).validate(yaml.safe_load(text))


def test_the_schema_would_see_a_mistake(text):
    broken = yaml.safe_load(text)
    broken["services"]["web"]["replicas_"] = 2
    with pytest.raises(jsonschema.ValidationError):
        Draft201909Validator(json.loads(SCHEMA.read_text())).validate(broken)


@pytest.mark.parametrize(("name", "copies"), OURS.items())
def test_a_service_of_ours_runs_one_of_our_commands_in_its_number(services, name, copies):
    service = services[name]
    assert service["command"] == ["python", "manage.py", name]
    assert name in get_commands()
    assert service.get("deploy", {}).get("replicas", 1) == copies


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_ours_is_read_only_and_without_rights(services, name):
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["environment"]["DJANGO_SETTINGS_MODULE"] == "shop.settings.production"


def test_every_variable_is_in_the_example(text, services, documented):
    needed = {found[1] for found in VARIABLE.finditer(text)}
    given = {name for one in OURS for name in services[one]["environment"]} - {"DJANGO_SETTINGS_MODULE"}
    assert needed <= documented
    assert given <= documented


def test_no_secret_has_a_default(text):
    for found in VARIABLE.finditer(text):
        if re.search("PASSWORD|SECRET|KEY", found[1]):
            assert found[2] == ":?", found[0]


@pytest.mark.parametrize("name", ["web", "postgres", "valkey", "proxy"])
def test_what_others_wait_for_is_checked_for_health(services, name):
    assert services[name]["healthcheck"]["test"]


def test_only_the_proxy_is_open_to_the_world(services):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_the_image_runs_as_nobody_special_with_the_locked_packages():
    image = (settings.BASE_DIR / "Dockerfile").read_text()
    assert image.rindex("\nUSER shop") > image.rindex("\nRUN ")
    assert "--require-hashes" in image
    assert (settings.BASE_DIR / "requirements/base.txt").exists()
    for source in re.findall(r"^COPY (?!--from)(.+)$", image, re.MULTILINE):
        *paths, _target = source.split()
        assert all((settings.BASE_DIR / path).exists() for path in paths), source
