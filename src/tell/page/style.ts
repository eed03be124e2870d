/**
 * How the page looks: fonts of the system, light and dark by the reader's own setting, one column that fits a phone, wide tables
 * and drawings that scroll inside themselves. Text has a contrast of 4.5 and more, marks of 3 and more, in both (tested).
 */
import type { Stage } from '../../know/advisories/index.ts';

/** Colours by name, light and dark. */
export type Palette = Readonly<Record<string, string>>;

export const light: Palette = {
  ground: '#ffffff',
  raised: '#f3f4f6',
  text: '#1b1f24',
  dim: '#4f5863',
  rule: '#c3c9d1',
  link: '#0b4f9e',
  strong: '#a11622',
  moderate: '#8a4a00',
  weak: '#4c5563',
  quiet: '#1d4f7c',
  ot: '#7a1f7a',
  gap: '#dfe3e8',
};

export const dark: Palette = {
  ground: '#14181c',
  raised: '#1e242a',
  text: '#e8ebee',
  dim: '#a9b3bd',
  rule: '#46505b',
  link: '#8cc2ff',
  strong: '#ff9a9a',
  moderate: '#ffb866',
  weak: '#b8c2cd',
  quiet: '#93c5f5',
  ot: '#e9a6e9',
  gap: '#2d353d',
};

/** Of a solid band under white text; the same in light and dark. */
export const bands: Palette = { strong: '#a11622', moderate: '#8a4a00', weak: '#4c5563', quiet: '#1d4f7c' };

export const stageColours: Readonly<Record<Stage, readonly [light: string, dark: string]>> = {
  'initial-access': ['#a11622', '#ff8f8f'],
  execution: ['#5c6773', '#b9c3cd'],
  discovery: ['#0f6e84', '#62cfe6'],
  'credential-access': ['#b3400a', '#ffa366'],
  'lateral-movement': ['#7a1f7a', '#e39be3'],
  collection: ['#2d6a1f', '#8fd67c'],
  staging: ['#7d6200', '#e0c14a'],
  'command-and-control': ['#1d4f9c', '#8fb9ff'],
  exfiltration: ['#a3145f', '#ff8cc6'],
  persistence: ['#5a3d1e', '#d3ab7f'],
  'defense-evasion': ['#33383f', '#dfe4e9'],
};

const variables = (palette: Palette, at: 0 | 1): string =>
  [
    ...Object.entries(palette).map(([name, colour]) => `--${name}:${colour}`),
    ...Object.entries(stageColours).map(([stage, colours]) => `--st-${stage}:${colours[at]}`),
  ].join(';');

const stageRules = Object.keys(stageColours)
  .map(stage => `.st-${stage}{fill:var(--st-${stage})}`)
  .join('\n');

/** The page's one style sheet. */
export const styleSheet: string = `
:root{color-scheme:light dark;${variables(light, 0)}}
@media (prefers-color-scheme:dark){:root{${variables(dark, 1)}}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
main,.top{max-width:76rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.05rem;margin:.7rem 0 0;font-weight:600}
h2{font-size:1.45rem;line-height:1.25;margin:2.6rem 0 .6rem;padding-top:.7rem;border-top:3px solid var(--rule)}
#summary h2{margin-top:.8rem;border:0;padding:0;font-size:1rem;color:var(--dim);font-weight:600}
h3{font-size:1.12rem;line-height:1.35;margin:1.4rem 0 .4rem}
h4{font-size:1rem;margin:1.1rem 0 .3rem}
p,ul,ol,dl{margin:.4rem 0 .7rem}
ul,ol{padding-left:1.5rem}
li{margin:.15rem 0}
dd{margin:0}
article p,article li,section>p,section>ul,.line,article dd{max-width:52rem}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.5rem 1rem;z-index:2}
.tlp{margin:0;background:#000;color:#ffc000;font-weight:700;text-align:center;padding:.3rem 1rem;letter-spacing:.02em}
.top p{margin:.1rem 0 .4rem;color:var(--dim)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1rem;padding:.5rem 0;margin:1.2rem 0 0;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule)}
.meta,.none,.site,.left,.beyond,caption{color:var(--dim)}
.site{white-space:normal}
.left{font-style:italic}
.lead{font-weight:600;margin-bottom:.1rem}
.verdict{color:#fff;font-size:1.7rem;line-height:1.25;font-weight:700;padding:.8rem 1rem;margin:0 0 .7rem;border-radius:.3rem}
section>p.verdict{max-width:none}
.verdict small{display:block;font-size:1.05rem;line-height:1.45;font-weight:400}
.verdict.intrusion{background:${bands['strong']!}}.verdict.suspected{background:${bands['moderate']!}}.verdict.lead{background:${bands['weak']!}}.verdict.quiet{background:${bands['quiet']!}}
.line{border-left:6px solid var(--rule);padding:.45rem .9rem;margin:.5rem 0;background:var(--raised);max-width:none}
.line>summary,.blind>p{font-size:1.15rem;font-weight:600}
.blind>p{margin:0}
.label{display:block;font-size:.9rem;color:var(--moderate)}
footer{margin-top:3rem}
.reach.evidence{border-color:var(--strong)}.reach.evidence>summary{color:var(--strong)}
.reach.could-not-see,.blind{border-color:var(--moderate)}
.reach.nothing-found{border-color:var(--quiet)}
summary{cursor:pointer}
details{margin:.4rem 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));gap:.4rem 1.6rem}
.facts>div:last-child{grid-column:1/-1}
.facts>div{border-top:1px solid var(--rule);padding-top:.4rem;min-width:0}
.facts dt,.lines dt,.fixes dt{font-weight:700}
.facts ul{list-style:none;padding:0}
.facts ul,.facts ol{margin:.1rem 0}
.lines>div{display:grid;grid-template-columns:5.5rem minmax(0,1fr);border-top:1px solid var(--rule);padding:.35rem 0}
.badge{display:inline-block;border:1.5px solid currentColor;border-radius:.25rem;padding:0 .45rem;font-size:.82em;font-weight:700;white-space:nowrap}
.badge.intrusion{color:var(--strong)}.badge.suspected{color:var(--moderate)}.badge.lead{color:var(--weak)}.badge.ot{color:var(--ot)}
article.intrusion{border-left:6px solid var(--rule);padding:.1rem 0 .3rem 1rem;margin:1.2rem 0}
article.intrusion.intrusion:not(.suspected):not(.lead){border-color:var(--strong)}article.suspected{border-color:var(--moderate)}article.lead{border-color:var(--weak)}
article h3{margin-top:.4rem}
.plant,.caution{border:2px solid var(--ot);border-radius:.3rem;padding:.5rem .9rem;margin:.8rem 0}
.plant h4{margin:0;color:var(--ot)}
.scroll{overflow-x:auto;max-width:100%;margin:.5rem 0}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--rule);min-width:6.5rem;overflow-wrap:anywhere}
th[scope=row]{font-weight:600}
thead th{border-bottom:2px solid var(--rule);white-space:nowrap}
td.what{min-width:20rem}
td.who,td.time{min-width:10rem}
.number{text-align:right;font-variant-numeric:tabular-nums;min-width:4rem}
tr:target,article:target{background:var(--raised);outline:3px solid var(--link)}
code,pre{font-family:ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;font-size:.88em}
pre{white-space:pre-wrap;background:var(--raised);padding:.6rem .8rem;margin:.4rem 0}
pre.raw{max-height:22rem;overflow:auto}
.command{display:block;background:var(--raised);padding:.35rem .6rem;margin:.15rem 0;white-space:pre-wrap;user-select:all}
svg text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:var(--text)}
.drawing svg{display:block;height:auto}
.shape{vertical-align:-.12em}
.lane rect{fill:var(--ground)}.lane:nth-of-type(odd) rect{fill:var(--raised)}
.lane.plant rect{stroke:var(--ot);stroke-width:1.5;stroke-dasharray:6 4}.lane.plant text{fill:var(--ot);font-weight:700}
.break rect{fill:var(--gap)}.break text,.tick text{fill:var(--dim);font-size:12px}.tick .site{font-size:10.5px}
.tick line{stroke:var(--rule)}
.mark .st{stroke:var(--ground);stroke-width:.8}
.mark text{font-size:11px;font-weight:700;stroke:var(--ground);stroke-width:3;paint-order:stroke}
.node rect{fill:var(--raised);stroke:var(--dim);stroke-width:1.2}.node.plant rect{stroke:var(--ot);stroke-width:2.5;stroke-dasharray:6 4}.node.plant text{fill:var(--ot);font-weight:700}
.edge{fill:none;stroke:var(--dim);opacity:.75}
text.layer{font-weight:700}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;padding:0}
.tree ul{list-style:none;padding-left:1.2rem;border-left:1px solid var(--rule);margin:.1rem 0}
.matrix{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:.4rem 1.2rem}
.matrix ul{list-style:none;padding:0;margin:0}
.cell{border-left:5px solid var(--rule);padding:.2rem .5rem;margin:.3rem 0;background:var(--raised);font-size:.92rem}
.cell .sign,.key .sign{display:inline-block;min-width:1em;font-weight:700;text-align:center}
.cell .meta{display:block}
.cell .state{display:block;font-weight:600}
.cell.found,.key.found{border-color:var(--strong)}.cell.found .sign,.cell.found .state,.key.found .sign{color:var(--strong)}
.cell.would-have-shown{border-color:var(--quiet)}.cell.would-have-shown .sign,.cell.would-have-shown .state,.key.would-have-shown .sign{color:var(--quiet)}
.cell.could-not-see{border-color:var(--moderate);border-left-style:dashed}.cell.could-not-see .sign,.cell.could-not-see .state,.key.could-not-see .sign{color:var(--moderate)}
.cell.mixed{border-left-style:double}
.fixes>li{margin:.8rem 0}.fixes h3{margin:.2rem 0}
${stageRules}
@media (max-width:40rem){body{font-size:.97rem}.verdict{font-size:1.35rem}.lines>div{grid-template-columns:1fr}.line>summary,.blind>p{font-size:1.05rem}h2{font-size:1.25rem}article.intrusion{padding-left:.7rem}}
@media print{
@page{margin:18mm 14mm;@top-center{content:"TLP:AMBER+STRICT";font:700 9pt sans-serif}@bottom-left{content:"TLP:AMBER+STRICT";font:700 9pt sans-serif}@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
:root{color-scheme:light;${variables(light, 0)}}
html{font-size:9.5pt}
.verdict{font-size:1.5rem;padding:.5rem .8rem}h2{margin-top:1.6rem}.line{padding:.3rem .7rem}
nav,.skip{display:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details.printed::details-content{content-visibility:visible;display:block;block-size:auto}
h2,h3,h4,summary,caption{break-after:avoid}
tr,.cell,.fixes>li,.facts>div,svg{break-inside:avoid}
#evidence{break-before:page}
thead{display:table-header-group}
.scroll{overflow:visible}
.drawing svg{width:100%}
th,td,td.what,td.who,td.time{min-width:0}
thead th{white-space:normal}
.events{table-layout:fixed}.events th:nth-child(1){width:17%}.events th:nth-child(2),.events th:nth-child(3){width:15%}.events th:nth-child(4){width:12%}.events th:nth-child(6){width:7%}.events th:nth-child(7){width:10%}
pre.raw{max-height:none}
a{color:inherit;text-decoration:none}
}
`;
