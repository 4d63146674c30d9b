#include "harness/report/html_assets.hpp"

namespace atrapa::harness::report {

std::string_view html_style() {
  return R"css(
:root {
  color-scheme: light dark;
  --ground: #faf9f6; --card: #ffffff; --ink: #22262b; --faint: #5d646d; --line: #e3e1da;
  --code: #f3f1ea; --link: #1f5fa8; --focus: #1f5fa8;
  --violated: #b3261e; --violated-soft: #fbeae8;
  --tolerated: #8a5a00; --tolerated-soft: #faf1dd;
  --unproven: #6f42a8; --unproven-soft: #f2ecfa;
  --holds: #1d7340; --holds-soft: #e9f4ec;
  --silent: #646b73; --silent-soft: #efeeea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #16181b; --card: #1e2125; --ink: #e4e6e8; --faint: #9aa2ab; --line: #33373d;
    --code: #262a2f; --link: #8ab8f0; --focus: #8ab8f0;
    --violated: #ff8f85; --violated-soft: #3b2220;
    --tolerated: #e6b450; --tolerated-soft: #352b17;
    --unproven: #c3a2f2; --unproven-soft: #2d2540;
    --holds: #74c78f; --holds-soft: #1d3024;
    --silent: #9aa2ab; --silent-soft: #292d32;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 6.5rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
}
main, header, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
footer { padding-top: 1rem; padding-bottom: 3rem; color: var(--faint); font-size: .875rem; }
h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 650; letter-spacing: -.015em; margin: .25rem 0 .75rem; }
h2 { font-size: 1.2rem; font-weight: 650; margin: 2.75rem 0 .75rem; }
h3 { font-size: 1rem; font-weight: 650; margin: 1.75rem 0 .5rem; }
h4 { font-size: .8125rem; font-weight: 650; color: var(--faint); margin: 1.25rem 0 .375rem; }
p { margin: .5rem 0; }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: 1px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
code, pre, kbd { font: .8125rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code, pre, a, p, td, dd, li, h1, .sentence { overflow-wrap: anywhere; }
pre { margin: 0; padding: .75rem .875rem; background: var(--code); border-radius: 6px; overflow-x: auto; }
pre.wrapped { white-space: pre-wrap; }
.faint { color: var(--faint); }
.over { color: var(--faint); font-size: .875rem; margin: 0; }
.facts { display: flex; flex-wrap: wrap; gap: .125rem 1.25rem; margin: 0; padding: 0; list-style: none; color: var(--faint); font-size: .9375rem; }
.mark { width: 1em; height: 1em; flex: none; vertical-align: -.125em; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.violated { --own: var(--violated); --soft: var(--violated-soft); }
.tolerated { --own: var(--tolerated); --soft: var(--tolerated-soft); }
.unproven { --own: var(--unproven); --soft: var(--unproven-soft); }
.holds { --own: var(--holds); --soft: var(--holds-soft); }
.silent { --own: var(--silent); --soft: var(--silent-soft); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1.5rem 0 1rem; padding: 0; list-style: none; }
.counts li { display: flex; flex-direction: column; min-width: 5.5rem; }
.counts b { font-size: 1.75rem; line-height: 1.15; font-weight: 600; font-variant-numeric: tabular-nums; color: var(--own); }
.counts span { display: flex; align-items: center; gap: .375rem; font-size: .875rem; }
.counts .mark { color: var(--own); }
.share { display: flex; gap: 2px; height: 6px; border-radius: 3px; overflow: hidden; }
.share i { background: var(--own); min-width: 3px; flex: var(--part) 1 0; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th { text-align: left; font-size: .8125rem; font-weight: 600; color: var(--faint); padding: 0 .75rem .375rem 0; }
td { vertical-align: top; padding: .625rem .75rem .625rem 0; border-top: 1px solid var(--line); }
td:first-child { white-space: nowrap; }
td a.id { font-weight: 600; }
.pages { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 1rem 2.5rem; }
.pages h3 { margin: .5rem 0 .375rem; }
.row { display: flex; gap: .75rem; padding: .25rem 0; align-items: baseline; }
.row > span { flex: 0 0 6.5rem; font-size: .8125rem; color: var(--faint); overflow-wrap: anywhere; }
.cells { display: flex; flex-wrap: wrap; gap: 3px; margin: 0; padding: 0; list-style: none; }
.cells a {
  display: flex; align-items: center; justify-content: center; gap: .1875rem; min-width: 2.625rem; height: 1.625rem; padding: 0 .25rem;
  background: var(--soft); color: var(--own); border-radius: 4px; text-decoration: none;
  font-size: .75rem; font-variant-numeric: tabular-nums;
}
.cells a:hover { outline: 1px solid var(--own); }
.cells .violated a, a.solid { background: var(--violated); color: var(--card); font-weight: 650; }
.cells .off { opacity: .18; }
.filters {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.25rem;
  padding: .625rem 0; background: var(--ground); border-bottom: 1px solid var(--line); font-size: .875rem;
}
.filters[hidden] { display: none; }
.filters fieldset { display: flex; flex-wrap: wrap; gap: .25rem .75rem; border: 0; margin: 0; padding: 0; min-width: 0; }
.filters legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.filters label { display: inline-flex; align-items: center; gap: .3125rem; cursor: pointer; }
.filters label .mark { color: var(--own); }
.filters input[type=checkbox] { accent-color: var(--link); width: 1rem; height: 1rem; margin: 0; }
.filters input[type=search] {
  flex: 1 1 11rem; min-width: 0; max-width: 22rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: 6px; padding: .3125rem .625rem;
}
.filters button {
  font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px;
  padding: .25rem .75rem; cursor: pointer;
}
.filters button:hover { border-color: var(--faint); }
.filters output { color: var(--faint); font-variant-numeric: tabular-nums; }
.rule { border-top: 1px solid var(--line); }
.rule > summary { display: flex; align-items: baseline; gap: .625rem; padding: .5rem 0; cursor: pointer; list-style: none; }
.rule > summary::-webkit-details-marker { display: none; }
.rule > summary .mark { color: var(--own); align-self: center; }
.rule > summary b { font-size: .875rem; font-weight: 600; white-space: nowrap; min-width: 9.5rem; }
.rule > summary .sentence { flex: 1; min-width: 0; }
.rule > summary .faint { font-size: .8125rem; white-space: nowrap; }
.rule > summary::after { content: ""; flex: none; width: .4375rem; height: .4375rem; border: solid var(--faint); border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); align-self: center; margin-right: .25rem; transition: transform .12s; }
.rule[open] > summary::after { transform: rotate(45deg); }
.rule:target > summary { background: var(--soft); }
.body { padding: 0 0 1.25rem 1.625rem; }
.rule.violated, .rule.tolerated { border: 1px solid var(--line); border-left: 3px solid var(--own); border-radius: 6px; background: var(--card); margin: .75rem 0; }
.rule.violated > summary, .rule.tolerated > summary { padding: .75rem 1rem; }
.rule.violated .body, .rule.tolerated .body { padding: 0 1rem 1.25rem; }
.body p.faint { font-size: .875rem; }
.verdict { color: var(--own); font-weight: 600; }
.body > dl { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; margin: .25rem 0; font-size: .9375rem; }
dt { color: var(--faint); }
dd { margin: 0; min-width: 0; }
.finding { margin: .75rem 0; }
.finding > p { font-weight: 600; margin: 0 0 .375rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .625rem; }
.pair > div { background: var(--code); border-radius: 6px; padding: .5rem .75rem; min-width: 0; }
.pair h5 { margin: 0; font-size: .75rem; font-weight: 600; color: var(--faint); }
.pair .observed { box-shadow: inset 3px 0 var(--violated); }
.pair .expected { box-shadow: inset 3px 0 var(--holds); }
.pair code { white-space: pre-wrap; }
.exchanges { margin: 0; padding: 0; list-style: none; counter-reset: exchange; }
.exchanges > li { counter-increment: exchange; border-top: 1px solid var(--line); }
.exchanges summary { display: flex; gap: .625rem; padding: .3125rem 0; cursor: pointer; }
.exchanges summary::before { content: counter(exchange); color: var(--faint); font-size: .75rem; min-width: 1.5rem; text-align: right; font-variant-numeric: tabular-nums; padding-top: .1rem; }
.exchanges summary code { flex: 1; min-width: 0; }
.exchanges summary .answer { flex: none; color: var(--faint); font-size: .8125rem; }
.exchanges pre { margin: 0 0 .5rem 2.125rem; }
.repeat pre { user-select: all; white-space: pre-wrap; overflow-wrap: anywhere; }
.none { display: none; }
.drawings { position: absolute; }
@media (max-width: 40rem) {
  header { padding-top: 1.5rem; }
  main, header, footer { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.4375rem; }
  .counts { gap: .75rem 1.25rem; }
  .counts b { font-size: 1.375rem; }
  .counts li { min-width: 4.5rem; }
  .filters { position: static; }
  html { scroll-padding-top: 1rem; }
  table.found, .found tbody, .found tr, .found td { display: block; }
  .found thead { display: none; }
  .found tr { border-top: 1px solid var(--line); padding: .5rem 0; }
  .found td { border: 0; padding: .125rem 0; white-space: normal; }
  .rule > summary { flex-wrap: wrap; gap: .125rem .5rem; }
  .rule > summary b { min-width: 0; flex: 1; }
  .rule > summary .sentence { flex: 1 0 100%; order: 1; }
  .pair { grid-template-columns: 1fr; }
  .body { padding-left: 0; }
  .body > dl { grid-template-columns: 1fr; gap: 0; }
  .body > dl dd { margin-bottom: .375rem; }
  .row { flex-direction: column; gap: .1875rem; }
  .row > span { flex: none; }
  .exchanges pre { margin-left: 0; }
}
@media print {
  .filters { display: none; }
  body { background: #fff; }
  .rule { break-inside: avoid; }
}
)css";
}

std::string_view html_script() {
  return R"js(
(function () {
  'use strict';
  var form = document.getElementById('filters');
  var text = form.querySelector('input[type=search]');
  var shown = form.querySelector('output');
  var rules = Array.prototype.map.call(document.querySelectorAll('.rule'), function (rule) {
    return {
      rule: rule, cell: document.querySelector('.cells a[href="#' + rule.id + '"]').parentNode,
      words: rule.textContent.toLowerCase()
    };
  });
  function ticked(name) {
    return Array.prototype.map.call(form.querySelectorAll('input[name=' + name + ']:checked'), function (box) { return box.value; });
  }
  function filter() {
    var verdicts = ticked('verdict'), levels = ticked('level'), left = 0;
    var words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    rules.forEach(function (one) {
      var fits = verdicts.indexOf(one.rule.dataset.verdict) >= 0 && levels.indexOf(one.rule.dataset.level) >= 0 &&
        words.every(function (word) { return one.words.indexOf(word) >= 0; });
      one.rule.classList.toggle('none', !fits);
      one.cell.classList.toggle('off', !fits);
      if (fits) left += 1;
    });
    Array.prototype.forEach.call(document.querySelectorAll('.group'), function (group) {
      group.classList.toggle('none', !group.querySelector('.rule:not(.none)'));
    });
    shown.textContent = left + ' of ' + rules.length + ' rules';
  }
  function open() {
    var rule = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!rule || !rule.classList.contains('rule')) return;
    if (rule.classList.contains('none')) { form.reset(); filter(); }
    rule.open = true;
    rule.scrollIntoView();
  }
  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('reset', function () { setTimeout(filter); });
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  window.addEventListener('hashchange', open);
  filter();
  open();
}());
)js";
}

std::string_view html_drawings() {
  // A form of its own for each verdict, so that colour is not needed to tell them apart.
  return R"svg(<svg class="drawings" width="0" height="0">
<symbol id="mark-violated" viewBox="0 0 16 16"><path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3L1.5 10.7V5.3z"/><path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"/></symbol>
<symbol id="mark-tolerated" viewBox="0 0 16 16"><path d="M8 1.3L14.7 8 8 14.7 1.3 8z"/><path d="M5.7 8h4.6"/></symbol>
<symbol id="mark-unproven" viewBox="0 0 16 16"><path d="M8 1.8l6.6 12.2H1.4z"/><path d="M8 6.2v3.6M8 11.9v.1"/></symbol>
<symbol id="mark-holds" viewBox="0 0 16 16"><path d="M3 8.4l3.4 3.4L13 4.6"/></symbol>
<symbol id="mark-silent" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.2" stroke-dasharray="2.4 2.4"/></symbol>
</svg>
)svg";
}

}  // namespace atrapa::harness::report
