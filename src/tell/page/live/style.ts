/**
 * How the live parts look, in the page's own colours. The sheet is made by the script (a constructed sheet needs no leave from the
 * policy of the page), so the page without scripts carries nothing of it. What the script replaces is hidden on screens alone:
 * paper gets the page as it is.
 */
const text = `
@media print{.live{display:none!important}}
@media screen{
.on-paper,.folded{display:none!important}
html{scroll-padding-top:8rem}
.live button,button.live{font:inherit;font-size:.9rem;color:var(--text);background:var(--raised);border:1px solid var(--dim);border-radius:.25rem;padding:.25rem .6rem;cursor:pointer;min-height:2rem}
.live button:hover,button.live:hover{border-color:var(--link);color:var(--link)}
.live button[aria-disabled=true]{color:var(--dim);border-color:var(--rule);cursor:default}
.live [hidden],.live[hidden]{display:none!important}
.live-bar{position:sticky;top:0;z-index:1;background:var(--ground);border-bottom:1px solid var(--rule);padding:.5rem 0;margin:2.2rem 0 -1.6rem}
.live-fields{display:grid;grid-template-columns:1.6fr .8fr repeat(4,1fr);gap:.5rem}
.live-fields>div{min-width:0}
.live-fields label{display:block;font-size:.85rem;color:var(--dim)}
.live-fields input,.live-fields select{font:inherit;font-size:.9rem;width:100%;min-width:0;min-height:2rem;color:var(--text);background:var(--ground);border:1px solid var(--dim);border-radius:.25rem;padding:.2rem .35rem;text-overflow:ellipsis}
.live-fields .chosen{border-color:var(--link);border-width:2px}
.live-said{display:flex;flex-wrap:wrap;gap:.3rem 1rem;align-items:center;margin-top:.4rem;min-height:2rem}
.live-status{margin:0;font-weight:600}
.live-tools,.live-pager{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;margin:.5rem 0}
.live-tools p{margin:0}
.live-window{display:block;font-variant-numeric:tabular-nums;margin:.3rem 0;font-weight:600}
.live-drawing{position:relative;overflow:hidden;touch-action:pan-y;user-select:none;cursor:crosshair;padding-bottom:1px;min-height:9rem}
.live-drawing svg{display:block}
.live-drawing .mark{cursor:pointer;outline:none}
.halo{fill:none;pointer-events:all}
.mark:hover .halo{stroke:var(--dim);stroke-width:1.5}
.mark:focus-visible .halo{stroke:var(--link);stroke-width:3}
.live-overview .all{fill:var(--raised);stroke:var(--rule)}
.live-overview rect{fill:var(--dim)}
.live-overview .seen{fill:none;stroke:var(--link);stroke-width:2}
.live-span,.live-drag{fill:var(--link);fill-opacity:.14;stroke:var(--link);stroke-dasharray:4 3;pointer-events:none}
.live-drag{position:absolute;top:0;bottom:0;border:1px dashed var(--link);background:color-mix(in srgb,var(--link) 18%,transparent)}
.live-tip{position:absolute;z-index:2;background:var(--ground);color:var(--text);border:1.5px solid var(--dim);border-radius:.25rem;padding:.35rem .55rem;font-size:.85rem;pointer-events:none;overflow-wrap:anywhere;max-height:12rem;overflow:hidden}
.live-timeline:has(.live-tip:not([hidden])) .live-drawing{overflow:visible}
.live-sort[type=button]{border:0;min-height:0;background:none;padding:0;font-weight:700;text-decoration:underline;text-underline-offset:.2em}
th[aria-sort=ascending] .live-sort::after{content:" ↑"}
th[aria-sort=descending] .live-sort::after{content:" ↓"}
.live-open{margin-top:.25rem}
.live-open[type=button]{min-height:1.6rem;padding:.05rem .5rem}
.live-open::before{content:"▸ "}
.live-open[aria-expanded=true]::before{content:"▾ "}
.live-detail td{background:var(--raised);padding:.4rem .8rem}
.live-detail pre{background:var(--ground)}
.live-behind{position:sticky;left:.8rem;max-width:min(70rem,100vw - 4rem)}
.live-rows tr[data-position]:has([aria-expanded=true]) td{border-bottom:0;background:var(--raised)}
.live-empty{font-weight:600}
.node{cursor:pointer;outline:none}
.node:focus-visible rect,.node[aria-pressed=true] rect{stroke:var(--link);stroke-width:3}
svg .out{opacity:.25}
.lit .node:not(.near),.lit .edge:not(.near){opacity:.2}
svg.lit .near{opacity:1}
.lit .edge.near{stroke:var(--link)}
button.live-fold{min-height:1.5rem;min-width:1.5rem;padding:0;margin-right:.3rem;line-height:1}
.live-fold::before{content:"▸"}
.live-fold[aria-expanded=true]::before{content:"▾"}
button.live-cell{display:block;margin-top:.3rem;min-height:1.7rem;padding:.05rem .5rem}
.live-clicks{cursor:pointer}
.cell.chosen{outline:2px solid var(--link)}
tr.out{display:none}
}
@media screen and (max-width:60rem){html{scroll-padding-top:1rem}.live-bar{position:static}.live-fields{grid-template-columns:1fr 1fr}}
@media screen and (forced-colors:active){.mark:focus-visible .halo,.node:focus-visible rect{stroke:Highlight}}
`;

export function adoptStyle(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
