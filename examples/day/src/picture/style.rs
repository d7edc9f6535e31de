/// The colours, for light and for dark; every pair of text and ground has a contrast of at least 4.5 to 1.
pub(crate) const PALETTE: &str = "
:root{color-scheme:light dark;--paper:#fbfaf6;--ink:#1d2430;--soft:#5c6573;--line:#e5e1d8;--band:#f2efe7;
--got:#0f766e;--moved:#4338ca;--wait:#b45309;--no:#b91c1c;--gone:#8b929d;--on:#ffffff}
@media(prefers-color-scheme:dark){:root{--paper:#14181f;--ink:#e8eaee;--soft:#a3acb9;--line:#2b323d;--band:#1a1f28;
--got:#2dd4bf;--moved:#a5b4fc;--wait:#fbbf24;--no:#f87171;--gone:#7d8694;--on:#0b1016}}
";

/// What each element looks like; nothing outside a picture is meant.
pub(super) const CLASSES: &str = "
svg .paper{fill:var(--paper)}
svg .band{fill:var(--band)}
svg .shut{fill:url(#shut)}
svg .grid{stroke:var(--line);stroke-width:1}
svg .grid.half{stroke-dasharray:1 3}
svg .rule{stroke:var(--line);stroke-width:1}
svg .h1{font-size:23px;font-weight:650;fill:var(--ink)}
svg .h2{font-size:13px;fill:var(--soft)}
svg .r{text-anchor:end}
svg .c{text-anchor:middle}
svg .good{font-size:13px;font-weight:600;fill:var(--got)}
svg .bad{font-size:13px;font-weight:600;fill:var(--no)}
svg .hour{font-size:12px;fill:var(--soft)}
svg .unit{font-size:12.5px;fill:var(--ink)}
svg .class{font-size:10.5px;font-weight:650;letter-spacing:.07em;fill:var(--soft)}
svg .name{font-size:11.5px;font-weight:550;fill:var(--on);pointer-events:none}
svg .name.out{fill:var(--ink);stroke:var(--paper);stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
svg .gone-name{fill:var(--soft);font-weight:400}
svg .small{font-size:11.5px;fill:var(--soft)}
svg .got{fill:var(--got)}
svg .moved{fill:var(--moved)}
svg .plain{fill:var(--paper);stroke-width:1.6}
svg .plain.got{fill:var(--paper);stroke:var(--got)}
svg .plain.moved{fill:var(--paper);stroke:var(--moved)}
svg .absent{fill:url(#absent);stroke:var(--gone);stroke-width:1.2}
svg .buffer{fill:var(--gone);opacity:.28}
svg .wish{fill:var(--moved);opacity:.55}
svg .wait{fill:var(--wait)}
svg .no{fill:var(--no)}
svg .gone{fill:none;stroke:var(--gone);stroke-width:1.2;stroke-dasharray:2.5 2}
svg .arrow{fill:none;stroke:var(--moved);stroke-width:1.3;opacity:.75;marker-end:url(#head)}
svg .arrow.own{stroke-dasharray:3 2.5}
svg .arrow.taken{stroke:var(--no);marker-end:url(#head-no)}
svg .closed{fill:url(#closed);stroke:var(--no);stroke-width:1;stroke-dasharray:4 3}
svg .closed-words{font-size:11.5px;fill:var(--no);font-weight:600}
svg .alone{fill:none;stroke:var(--wait);stroke-width:1.2;stroke-dasharray:4 3}
svg .cut{fill:var(--no);opacity:.075}
svg .cut-words{font-size:11.5px;fill:var(--no);font-weight:600}
svg .met{fill:var(--ink);opacity:.5}
svg .missed{fill:none;stroke:var(--no);stroke-width:1.3}
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
