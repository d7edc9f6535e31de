/// The colours, for light and for dark; every pair of text and ground has a contrast of at least 4.5 to 1.
pub(crate) const PALETTE: &str = "
:root{color-scheme:light dark;--paper:#fbfaf6;--ink:#1d2430;--soft:#5c6573;--line:#e5e1d8;--band:#f2efe7;
--got:#0f766e;--moved:#4338ca;--wait:#b45309;--no:#b91c1c;--gone:#8b929d;--on:#ffffff}
@media(prefers-color-scheme:dark){:root{--paper:#14181f;--ink:#e8eaee;--soft:#a3acb9;--line:#2b323d;--band:#1a1f28;
--got:#2dd4bf;--moved:#a5b4fc;--wait:#fbbf24;--no:#f87171;--gone:#7d8694;--on:#0b1016}}
";

/// What each element looks like.
pub(super) const CLASSES: &str = "
.paper{fill:var(--paper)}.band{fill:var(--band)}.shut{fill:url(#shut)}
.grid{stroke:var(--line);stroke-width:1}.grid.half{stroke-dasharray:1 3}.rule{stroke:var(--line);stroke-width:1}
.h1{font-size:23px;font-weight:650;fill:var(--ink)}.h2{font-size:13px;fill:var(--soft)}.r{text-anchor:end}.c{text-anchor:middle}
.good{font-size:13px;font-weight:600;fill:var(--got)}.bad{font-size:13px;font-weight:600;fill:var(--no)}
.hour{font-size:12px;fill:var(--soft)}.unit{font-size:12.5px;fill:var(--ink)}
.class{font-size:10.5px;font-weight:650;letter-spacing:.07em;fill:var(--soft)}
.name{font-size:11.5px;font-weight:550;fill:var(--on);pointer-events:none}.name.out{fill:var(--ink);stroke:var(--paper);stroke-width:3px;stroke-linejoin:round;paint-order:stroke}.small{font-size:11.5px;fill:var(--soft)}
.got{fill:var(--got)}.moved{fill:var(--moved)}.plain{fill:var(--paper);stroke-width:1.6}.plain.got{fill:var(--paper);stroke:var(--got)}
.plain.moved{fill:var(--paper);stroke:var(--moved)}.absent{fill:url(#absent);stroke:var(--gone);stroke-width:1.2}
.buffer{fill:var(--gone);opacity:.28}
.wish{fill:var(--moved);opacity:.55}.wait{fill:var(--wait)}.no{fill:var(--no)}.gone{fill:none;stroke:var(--gone);stroke-width:1.2;stroke-dasharray:2.5 2}
.arrow{fill:none;stroke:var(--moved);stroke-width:1.3;opacity:.75;marker-end:url(#head)}
.arrow.own{stroke-dasharray:3 2.5}.arrow.taken{stroke:var(--no);marker-end:url(#head-no)}
.closed{fill:url(#closed);stroke:var(--no);stroke-width:1;stroke-dasharray:4 3}.closed-words{font-size:11.5px;fill:var(--no);font-weight:600}
.cut{fill:var(--no);opacity:.075}.cut-words{font-size:11.5px;fill:var(--no);font-weight:600}
.met{fill:var(--ink);opacity:.5}.missed{fill:none;stroke:var(--no);stroke-width:1.3}
";

/// Hatches and arrow heads.
pub(super) const DEFINITIONS: &str = "<defs>\
<pattern id=\"absent\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
<rect width=\"6\" height=\"6\" style=\"fill:var(--paper)\"/><rect width=\"1.6\" height=\"6\" style=\"fill:var(--gone)\"/></pattern>\
<pattern id=\"closed\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\">\
<rect width=\"1.2\" height=\"8\" style=\"fill:var(--no)\" opacity=\".35\"/></pattern>\
<pattern id=\"shut\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
<rect width=\"1\" height=\"5\" style=\"fill:var(--line)\"/></pattern>\
<marker id=\"head\" viewBox=\"0 0 6 6\" refX=\"5.2\" refY=\"3\" markerWidth=\"5.5\" markerHeight=\"5.5\" orient=\"auto\">\
<path d=\"M0 0L6 3L0 6Z\" style=\"fill:var(--moved)\"/></marker>\
<marker id=\"head-no\" viewBox=\"0 0 6 6\" refX=\"5.2\" refY=\"3\" markerWidth=\"5.5\" markerHeight=\"5.5\" orient=\"auto\">\
<path d=\"M0 0L6 3L0 6Z\" style=\"fill:var(--no)\"/></marker></defs>";
