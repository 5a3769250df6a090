"""Settings come from the environment only; a missing or unsafe value is one sentence."""

import os
import re
import subprocess
import sys

import pytest

from tests import ROOT

KEY = "Zf3kq9Lw_x7Rm2Tn8Vb4Yc6Hd1Gj5Ps0Ka-Qe3Wu9Io7Xz2Mv4Nb6"


def manage(tmp_path, *arguments, **environment):
    """Run ``manage.py`` as a server would: an empty environment but for the given values."""
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SECRET_KEY": KEY, "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.point("4")
def test_deploy_check_is_clean_with_https(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", SITE_URL="https://nastavnik.school.example")

    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (2 silenced).")


@pytest.mark.point("4")
def test_deploy_check_names_what_is_unsafe(tmp_path):
    done = manage(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING", SITE_URL="https://nastavnik.school.example", DEMO="1"
    )

    assert done.returncode == 1
    assert "Включён показ с выдуманной школой" in done.stderr


REFUSED = [
    ({"SECRET_KEY": ""}, "SECRET_KEY не задан"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY не задан или короче 50 знаков"),
    ({"SITE_URL": "http://nastavnik.school.example"}, "по открытому http можно работать только на этом компьютере"),
    ({"SITE_URL": "http://192.168.0.7:8000"}, "по открытому http можно работать только на этом компьютере"),
    ({"SITE_URL": "nastavnik.school.example"}, "SITE_URL должен быть полным адресом"),
    ({"SITE_URL": "https://school.example/nastavnik"}, "SITE_URL должен быть полным адресом без пути"),
    ({"BIND": "0.0.0.0"}, "без https программа слушает только этот компьютер"),
    ({"PORT": "восемь"}, "PORT должен быть числом"),
    ({"PORT": "70000"}, "PORT должен быть числом"),
    ({"SITE_URL": "http://127.0.0.1:70000"}, "В SITE_URL порт должен быть числом от 1 до 65535"),
    ({"SITE_URL": "http://127.0.0.1:0"}, "В SITE_URL порт должен быть числом от 1 до 65535"),
    ({"SITE_URL": "https://n.school.example", "HSTS_PRELOAD": "1"}, "HSTS_PRELOAD=1 требует HSTS_SUBDOMAINS=1"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS не может содержать"),
    ({"ALLOWED_HOSTS": ","}, "ALLOWED_HOSTS пуст"),
    ({"DEMO": "да"}, "DEMO должен быть 1 или 0"),
    ({"DATABASE_URL": "mysql://root@127.0.0.1/db"}, "поддерживаются SQLite"),
    ({"DATABASE_URL": "postgres://u:p@127.0.0.1:port/db"}, "DATABASE_URL не понят"),
    ({"CACHE_URL": "locmemcache://"}, "CACHE_URL: годятся redis"),
    ({"CACHE_URL": "redi://127.0.0.1"}, "CACHE_URL не понят"),
    ({"EMAIL_URL": "smpt://mail.school.example"}, "EMAIL_URL не понят"),
    ({"STORAGE_URL": "ftp://bucket"}, "STORAGE_URL не понят"),
    ({"STORAGE_URL": "s3://bucket"}, "нужны также AWS_ACCESS_KEY_ID"),
    ({"TIME_ZONE": "Europe/Elista"}, "нет такого часового пояса"),
]


@pytest.mark.point("2", "4")
@pytest.mark.parametrize(("environment", "sentence"), REFUSED, ids=[str(environment) for environment, _ in REFUSED])
def test_a_wrong_value_stops_with_one_sentence(tmp_path, environment, sentence):
    done = manage(tmp_path, "check", **environment)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert (len(done.stderr.strip().splitlines()), done.stdout) == (1, "")


SHOW = "from django.conf import settings as s; print(({}))"


@pytest.mark.point("2")
@pytest.mark.parametrize(("site", "secure"), [("http://127.0.0.1:8000", False), ("https://n.school.example", True)])
def test_cookies_hsts_and_redirects_follow_the_scheme(tmp_path, site, secure):
    done = manage(
        tmp_path,
        "shell",
        "--no-imports",
        "-c",
        SHOW.format(
            "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0,"
            "s.SESSION_COOKIE_NAME.startswith('__Host-'), s.CSRF_COOKIE_NAME.startswith('__Host-'), s.DEBUG"
        ),
        SITE_URL=site,
    )

    assert done.stdout.strip() == str((*[secure] * 6, False))


@pytest.mark.point("2")
@pytest.mark.parametrize(
    ("asked", "subdomains", "preload"),
    [
        ({}, False, False),
        ({"HSTS_SUBDOMAINS": "1"}, True, False),
        ({"HSTS_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"}, True, True),
    ],
)
def test_subdomains_and_preload_are_asked_for(tmp_path, asked, subdomains, preload):
    show = SHOW.format("s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD")

    done = manage(tmp_path, "shell", "--no-imports", "-c", show, SITE_URL="https://n.school.example", **asked)

    assert done.stdout.strip() == str((63072000, subdomains, preload))


@pytest.mark.point("4")
def test_the_env_file_of_the_data_folder_is_read_and_the_environment_wins(tmp_path):
    (tmp_path / "env").write_text(f"SECRET_KEY={KEY}\nSITE_URL=http://127.0.0.1:8123\nPORT=8123\n")
    show = SHOW.format("s.SITE_URL, s.PORT, s.SECRET_KEY[:3]")

    done = manage(tmp_path, "shell", "--no-imports", "-c", show, SECRET_KEY=f"abc{KEY}")

    assert done.stdout.strip() == "('http://127.0.0.1:8123', 8123, 'abc')"


@pytest.mark.point("4")
def test_external_services_are_taken_from_the_environment(tmp_path):
    done = manage(
        tmp_path,
        "shell",
        "--no-imports",
        "-c",
        SHOW.format(
            "s.DATABASES['default']['HOST'], s.CACHES['default']['BACKEND'].split('.')[-1], s.EMAIL_HOST,"
            " s.EMAIL_USE_TLS,s.EMAIL_TIMEOUT,"
            " s.STORAGES['default']['OPTIONS']['bucket_name'],s.STORAGES['default']['OPTIONS']['endpoint_url']"
        ),
        DATABASE_URL="postgres://u:p@db.example/x",
        CACHE_URL="redis://127.0.0.1:6379/0",
        EMAIL_URL="smtp+tls://a:b@mail.example:587",
        STORAGE_URL="s3://papers?endpoint_url=https://s3.example&evil=1",
        AWS_ACCESS_KEY_ID="a",
        AWS_SECRET_ACCESS_KEY="b",
    )

    assert (
        done.stdout.strip() == "('db.example', 'RedisCache', 'mail.example', True, 5, 'papers', 'https://s3.example')"
    )


@pytest.mark.point("4")
def test_the_example_explains_every_value_that_settings_read():
    read = set(re.findall(r'(?:env\.\w+|yes_no)\(\s*"([A-Z_]+)"', (ROOT / "mentoring_site/settings.py").read_text()))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert read == explained


@pytest.mark.point("4")
def test_sqlite_is_durable(tmp_path):
    code = (
        "from django.db import connection as c; k = c.cursor(); "
        + "; ".join(
            f"print(k.execute('PRAGMA {name}').fetchone()[0])"
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        )
        + "; print(c.settings_dict['OPTIONS']['transaction_mode'])"
    )

    done = manage(tmp_path, "shell", "--no-imports", "-c", code)

    journal, synchronous, *rest = done.stdout.split()
    assert (journal, synchronous) in {("delete", "3"), ("wal", "2")}  # EXTRA, FULL
    assert rest == ["1", "20000", "IMMEDIATE"]


def test_a_site_with_a_name_in_cyrillic_is_known_as_browsers_name_it(tmp_path):
    site = "https://наставник.школа.рф"
    show = SHOW.format("s.SITE_HOST, s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, s.SITE_URL")
    done = manage(tmp_path, "shell", "-c", show, SITE_URL=site)
    host = "xn--80aagyknd3aj.xn--80atdl2c.xn--p1ai"
    assert f"('{host}', ['{host}'], ['https://{host}'], '{site}')" in done.stdout, done.stdout + done.stderr
