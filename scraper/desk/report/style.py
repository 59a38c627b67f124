"""How the report looks: light, dark and on paper, in the reader's own Korean fonts."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --paper: #fdfdfb; --ink: #1d1f21; --soft: #5d6166; --line: #d7d8d4; --bar: #2c5f8a;
  --bar-rgb: 44 95 138; --went: #9b1c1c; --came: #11603a; --hatch: #a9a9a2; --code: #f2f2ee; }
@media (prefers-color-scheme: dark) { :root { --paper: #17191c; --ink: #e4e5e2; --soft: #a4a8ac; --line: #3a3e43;
  --bar: #7fb2dd; --bar-rgb: 92 148 196; --went: #ff9a94; --came: #7fd6a4; --hatch: #6d7277; --code: #212429; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.6; word-break: keep-all;
  overflow-wrap: anywhere; font: 15px/1.6 "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR",
  "NanumGothic", "Nanum Gothic", system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; margin: 0 0 .5rem; } h2 { font-size: 1.35rem; margin: 0; }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
h4 { font-size: 1rem; margin: 0; display: flex; flex-wrap: wrap; gap: 0 .8rem; align-items: baseline; }
[lang=en] { color: var(--soft); font-size: .86em; font-weight: normal; }
a { color: var(--bar); }
.defs { position: absolute; }
.facts { color: var(--soft); font-size: .86rem; font-weight: normal; } .url { margin: 0; }
.about { display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin: 0 0 1rem; } .about dt { font-size: .82rem; }
.about dd { margin: 0; font-variant-numeric: tabular-nums; }
nav ul { list-style: none; padding: 0; margin: 0 0 1rem; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
.board { border-top: 2px solid var(--ink); margin-top: 2.5rem; padding-top: 1rem; }
.figure { margin: 1.6rem 0 0; } .note { color: var(--soft); font-size: .86rem; margin: .4rem 0; max-width: 46rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; width: 100%; }
caption { text-align: left; color: var(--soft); font-size: .86rem; }
th, td { border-bottom: 1px solid var(--line); padding: .22rem .5rem; text-align: left; vertical-align: top; }
th { font-weight: 600; white-space: nowrap; } thead th { vertical-align: bottom; }
thead th [lang=en] { display: block; line-height: 1.2; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.short { white-space: nowrap; font-variant-numeric: tabular-nums; } td.long { min-width: 9rem; }
td.beside { width: 7rem; min-width: 4rem; vertical-align: middle; }
.share { width: 100%; height: .6rem; display: block; }
.months { width: auto; min-width: 38rem; }
.months th, .months td { padding: .2rem .45rem; border: 1px solid var(--line); }
.months td.n { min-width: 2.7rem; }
.months thead th [lang=en] { display: inline; }
.posts { background: rgb(var(--bar-rgb) / var(--share)); }
.part { outline: 1px dashed var(--ink); outline-offset: -3px; }
.nothing { color: var(--soft); } .outside { border-color: transparent !important; }
.never { color: var(--soft); background: repeating-linear-gradient(135deg, transparent 0 4px, var(--line) 4px 5.5px);
  }
.wide { text-align: left; } .sum { font-weight: 600; }
.legend { list-style: none; padding: 0; margin: .5rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1.3rem;
  font-size: .86rem; }
.key { display: inline-block; min-width: 2.2rem; padding: 0 .4rem; text-align: right; border: 1px solid var(--line); }
.chart { display: block; width: 100%; height: auto; } .chart text { fill: var(--soft); font-size: 10px; }
.bar { fill: var(--bar); } .axis { stroke: var(--soft); stroke-width: 1; }
.grid-line { stroke: var(--line); stroke-width: 1; }
.scroll > .chart { min-width: 36rem; }
.hatch { stroke: var(--hatch); stroke-width: .8; fill: none; }
.curve { fill: none; stroke: var(--bar); stroke-width: 1.6; } .point { fill: var(--bar); }
.curves { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; }
.curves figure { margin: 0; } figcaption { font-size: .86rem; }
details { margin: .4rem 0; font-size: .9rem; } summary { cursor: pointer; color: var(--soft); }
pre { background: var(--code); padding: .7rem .9rem; overflow-x: auto; margin: .4rem 0; font-size: .82rem;
  line-height: 1.45; white-space: pre-wrap; }
.edit { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .8rem; margin: .7rem 0; break-inside: avoid; }
.edit dl, details dl { margin: .2rem 0; } dt { color: var(--soft); font-size: .86rem; } dd { margin: 0 0 .3rem; }
del { color: var(--went); text-decoration: line-through; } ins { color: var(--came); text-decoration: underline; }
details del { color: inherit; text-decoration: none; }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --bar: #2c5f8a;
  --bar-rgb: 44 95 138; --went: #8a1111; --came: #0b4f2e; --hatch: #999; --code: #f4f4f4; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10.5px; } main { max-width: none; padding: 0; } nav, details:not([open]) { display: none; }
  .scroll { overflow: visible; } .board { break-before: page; margin-top: 0; border: 0; }
  h2, h3, h4 { break-after: avoid; }
  tr, .curves figure, .chart { break-inside: avoid; } .months { min-width: 0; }
  thead { display: table-header-group; }
  .never { background: none; border-style: dotted !important; } .unfetched { fill: #e8e8e8; }
  .scroll > .chart { min-width: 0; } }
"""
