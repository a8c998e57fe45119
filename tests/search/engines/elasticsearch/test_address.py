"""What ``ELASTICSEARCH_URL`` may say."""

import pytest

from search.engines.elasticsearch.address import Address


@pytest.mark.parametrize(
    ("text", "url", "prefix", "options", "near"),
    [
        ("http://127.0.0.1:9200", "http://127.0.0.1:9200", "portal", {}, True),
        ("http://localhost", "http://localhost:9200", "portal", {}, True),
        ("http://[::1]:9201/", "http://[::1]:9201/", "portal", {}, True),
        ("https://me:pass@search.example?prefix=other", "https://me:pass@search.example:443", "other", {}, False),
        ("https://a.example/es?api_key=abc", "https://a.example:443/es", "portal", {"api_key": "abc"}, False),
        ("https://a.example?ca_certs=/etc/ca", "https://a.example:443", "portal", {"ca_certs": "/etc/ca"}, False),
    ],
)
def test_an_address_says_where_and_under_what_names(
    text: str, url: str, prefix: str, options: dict[str, str], near: bool
) -> None:
    address = Address.parsed(text)

    assert (address.url, address.prefix, address.options, address.is_near) == (url, prefix, options, near)


@pytest.mark.parametrize(
    "text",
    [
        *("elasticsearch:9200", "ftp://a.example", "http://", "", "http://a.example?colour=red"),
        *("http://a.example?prefix=", "http://a.example?prefix=-x", "http://a.example?prefix=A*", "http://a.example?x"),
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="ELASTICSEARCH_URL") as refused:
        Address.parsed(text.replace("a.example", "secret@a.example"))

    assert "secret" not in str(refused.value)
