"""Calls in place of links: reading them, and what they ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_documents import document

from scraper.models import Ask
from scraper.page.calls import Call, call_of, read_call, resolve
from scraper.page.scripts import address_in, sources

HOST = "http://board.example"


@pytest.mark.parametrize(
    ("script", "name", "arguments"),
    [
        ("javascript:view('12')", "view", ("12",)),
        ("goPage(2)", "goPage", ("2",)),
        ("fn_page( 3 ); return false;", "fn_page", ("3",)),
        ("return fnView('BBSMSTR_0001','21540998')", "fnView", ("BBSMSTR_0001", "21540998")),
        ("submitForm(this,'view',18291)", "submitForm", ("this", "view", "18291")),
        ('javascript:fn.detail("9948", "1")', "fn.detail", ("9948", "1")),
        ("event.preventDefault(); go('a\\'b')", "go", ("a'b",)),
        ("javascript:%76iew(%2712%27)", "view", ("12",)),
        ("if(confirm('?')) del(3)", "del", ("3",)),
        ("JavaScript:view()", "view", ()),
    ],
)
def test_a_call_is_read(script: str, name: str, arguments: tuple[str, ...]) -> None:
    assert read_call(script) == Call(name, arguments)


@pytest.mark.parametrize("script", ["", "javascript:;", "javascript:void(0)", "history.back()", "alert('x')", "x = 1"])
def test_what_calls_nothing_of_the_page_is_no_call(script: str) -> None:
    assert read_call(script) is None


@given(st.text("javscript:fn()'\"\\,;%12{}가 \n", max_size=60))
def test_reading_a_call_never_fails(script: str) -> None:
    call = read_call(script)
    assert call is None or call.name


def asked(script: str, call: str, forms: str = "", known: dict[str, str] | None = None, link: str = "") -> Ask | None:
    page = document(f"<html><body>{forms}{link}<script>{script}</script></body></html>", url=f"{HOST}/bbs/list.do?m=1")
    found = read_call(call)
    assert found is not None
    return resolve(page, found, "listing", known, page.root.css_first("#here"))


@pytest.mark.parametrize(
    ("script", "call", "url"),
    [
        ("function go(n){location.href='/list?page='+n;}", "go(2)", "/list?page=2"),
        ("function go(n){ document.location = 'list.do?p=' + n + '&x=1'; }", "go('3')", "/bbs/list.do?p=3&x=1"),
        ('function view(a,b){window.location.href="/v/"+a+"/"+b;}', "view('cse','77')", "/v/cse/77"),
        ("var go = function(n) { location.replace('?page=' + n) };", "go(2)", "/bbs/list.do?page=2"),
        ("var o={ go : function (n) {self.location.href='?page='+n}};", "o.go(2)", "/bbs/list.do?page=2"),
        ("function go(q){location.href='/s?q='+encodeURIComponent(q);}", "go('기고')", "/s?q=%EA%B8%B0%EA%B3%A0"),
        ("function dn(f){window.open('/down?f='+f,'_blank');}", "dn('a.pdf')", "/down?f=a.pdf"),
    ],
)
def test_a_function_that_joins_an_address_is_followed(script: str, call: str, url: str) -> None:
    ask = asked(script, call)
    assert ask is not None
    assert (ask.url, ask.method, ask.referer) == (HOST + url, "GET", f"{HOST}/bbs/list.do?m=1")


FORM = (
    "<form name='f' id='fid' action='/bbs/view.do' method='post'><input type='hidden' name='bbs' value='7'>"
    "<input type='hidden' name='idx' id='idxId' value=''><input type='checkbox' name='all' value='y'>"
    "<input type='submit' name='ok' value='go'></form>"
)


@pytest.mark.parametrize(
    "body",
    [
        "document.f.idx.value = n; document.f.submit();",
        "var f = document.f; f.idx.value = n; f.submit();",
        "var x=document.forms['f']; x.idx.value=n; x.submit();",
        "document.getElementById('idxId').value = n; document.getElementById('fid').submit();",
        "$('#idxId').val(n); $('#fid').submit();",
        "$('input[name=idx]').val(n); $('#fid').submit();",
    ],
)
def test_a_function_that_fills_and_sends_a_form_is_followed(body: str) -> None:
    ask = asked(f"function v(n){{ {body} }}", "v('41')", FORM)
    assert ask == Ask(f"{HOST}/bbs/view.do", "listing", "POST", b"bbs=7&idx=41", f"{HOST}/bbs/list.do?m=1")


def test_a_function_may_choose_the_action_and_the_method() -> None:
    ask = asked(
        "function v(n){var f=document.f;f.idx.value=n;f.action='/other.do';f.method='get';f.submit();}", "v(4)", FORM
    )
    assert ask == Ask(f"{HOST}/other.do?bbs=7&idx=4", "listing", referer=f"{HOST}/bbs/list.do?m=1")


def test_this_form_is_the_form_around_the_click() -> None:
    form = "<form action='/a.do' method='post'><input name='page' value='1'><a id=here>2</a></form>"
    ask = asked("function p(t,n){t.form.page.value=n;t.form.submit();}", "p(this,'2')", form)
    assert ask is not None
    assert (ask.url, ask.form) == (f"{HOST}/a.do", b"page=2")


def test_a_form_between_table_and_row_keeps_its_fields() -> None:
    form = (
        "<table><form name=f action=/v.do method=post><tr><td>x</td></tr>"
        "<input type=hidden name=bbs value=7><input type=hidden name=idx></form></table>"
    )
    ask = asked("function v(n){document.f.idx.value=n;document.f.submit();}", "v(5)", form)
    assert ask is not None
    assert (ask.url, ask.form) == (f"{HOST}/v.do", b"bbs=7&idx=5")


def test_a_form_is_sent_in_the_charset_of_the_page() -> None:
    html = (
        "<meta charset=euc-kr><form name=f action=/v method=post><input name=q value='기고'><input name=n></form>"
        "<script>function v(n){document.f.n.value=n;document.f.submit();}</script>"
    )
    page = document(html.encode("cp949"), content_type=b"text/html")
    ask = resolve(page, Call("v", ("평택",)), "listing")
    assert ask is not None
    assert ask.form == b"q=%B1%E2%B0%ED&n=%C6%F2%C5%C3"


def test_a_layout_may_know_the_address_of_a_function() -> None:
    ask = asked("", "down('FILE_1','0')", known={"down": "/fms/down.do?id={0}&sn={1}"})
    assert ask is not None
    assert ask.url == f"{HOST}/fms/down.do?id=FILE_1&sn=0"
    assert asked("", "down('FILE_1')", known={"down": "/fms/down.do?id={0}&sn={1}"}) is None


@pytest.mark.parametrize(
    "script",
    [
        "",
        "function go(n){ $.ajax({url:'/list', data:{page:n}}); }",
        "function go(n){ location.href = base + n; }",
        "function go(n){ location.href = 'javascript:void(0)'; }",
        "function go(n){ document.nosuch.page.value = n; document.nosuch.submit(); }",
    ],
)
def test_what_cannot_be_told_is_none(script: str) -> None:
    assert asked(script, "go(2)") is None


@given(st.text("function go(n){}location.href='/?p=+n;form.value.submit()$#\"\\ \n", max_size=120))
def test_resolving_never_fails(script: str) -> None:
    page = document(f"<html><form name=f><input name=p></form><script>function go(n){{{script}</script></html>")
    ask = resolve(page, Call("go", ("2",)), "listing")
    assert ask is None or ask.url.startswith(("http://", "https://"))


def test_a_click_is_found_in_href_before_onclick() -> None:
    page = document(
        "<a id=a href=\"javascript:x('1')\" onclick=\"y('2')\">.</a><td id=b onclick=\"y('2')\">.</td><p id=c>.</p>"
    )
    calls = [call_of(node) if (node := page.root.css_first(f"#{name}")) else None for name in "ac"]
    assert calls == [Call("x", ("1",)), None]


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ("function down(f, n){ window.open('/down.do?f=' + f + '&n=' + n); }", "/down.do?f={0}&n={1}"),
        ("var down = function(f){ var url = base + f + '/raw'; location.href = url; };", "/files/{0}/raw"),
        ("function down(f){ location.href = 'http://files.example/{x}/' + f; }", "http://files.example/%7Bx%7D/{0}"),
        ("function down(url){ location.href = url; }", None),
        ("function down(f){ document.frm.f.value = f; document.frm.submit(); }", None),
        ("function down(f){ location.href = '/login.do'; }", None),
        ("function other(f){ location.href = '/down.do?f=' + f; }", None),
    ],
)
def test_the_address_of_a_function_in_a_script_file(script: str, address: str | None) -> None:
    page = document("<script>var base = '/files/';</script>", f"{HOST}/bbs/list.do")
    assert address_in(page, script, "BOARD.down") == address
    if address is not None:
        ask = resolve(page, Call("BOARD.down", ("a b", "2")), "attachment", {"BOARD.down": address})
        assert ask is not None
        assert ask.url.startswith(("http://files.example/%7Bx%7D/a%20b", HOST))


def test_scripts_of_the_site_itself_are_known_without_libraries() -> None:
    names = ("/js/jquery-3.js", "/js/common.js", "board.js", "http://cdn.example/a.js", "/js/menu.min.js")
    page = document("".join(f"<script src='{name}'></script>" for name in names), f"{HOST}/bbs/list.do")
    assert sources(page) == [f"{HOST}/bbs/board.js", f"{HOST}/js/common.js"]
