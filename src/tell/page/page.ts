/**
 * `report.html`, the findings page: one file that needs nothing else, is whole without scripts, and in which nothing that a
 * log says can run. Three things hold the last: every value is escaped by the template (`html.ts`), data stands in a block that
 * no script runs, and the policy in its head lets the browser load nothing and run only the program's own script, by hash.
 *
 * The page's script finds: the sections by `id` (the list below), a row of evidence as `#e-ID` with `data-intrusion`, `data-host`,
 * `data-account` and `data-stage`, what belongs to one story by `data-intrusion`, the drawings as `#timeline-drawing` (marks
 * with `data-evidence`, ids parted by blanks) and `#graph-drawing` (`data-entity`, `data-from`, `data-to`), a behaviour of the matrix
 * by `data-behaviour`, and what it reads (`data.ts`) in `#huntaway-data`.
 */
import { createHash } from 'node:crypto';
import { counted } from '../terminal/index.ts';
import { evidenceSection } from './evidence.ts';
import { graphSection } from './graph.ts';
import { dataBlock, type Html, html, inline, markup } from './html.ts';
import { limitsSection } from './limits.ts';
import { matrixSection } from './matrix.ts';
import { pageData } from './page-data.ts';
import { processesSection } from './processes.ts';
import { storySection } from './story.ts';
import { styleSheet } from './style.ts';
import { summarySection } from './summary.ts';
import { timelineSection } from './timeline.ts';
import { todoSection } from './todo.ts';
import type { PageInput } from './types.ts';
import { type View, viewOf } from './view.ts';

const TLP = 'TLP:AMBER+STRICT';

const links = [
  ['summary', 'Summary'],
  ['story', 'What happened'],
  ['timeline', 'Timeline'],
  ['graph', 'Who and where'],
  ['processes', 'Process trees'],
  ['matrix', 'What was looked for'],
  ['evidence', 'Evidence'],
  ['todo', 'What to switch on'],
  ['limits', 'What could not be seen'],
] as const;

/**
 * The whole page. `live` is the script that lets a reader zoom and filter; null leaves it out, and the page forbids scripts
 * altogether. Throws where the script or the style holds what would end its element: a mistake of ours, never of a log.
 */
export function renderPage(input: PageInput, live: { readonly script: string } | null): string {
  const view = viewOf(input);
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(live)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${TLP} · Huntaway findings</title>
${inline('style', styleSheet)}
</head>
<body>
<a class="skip" href="#main">Skip to the findings</a>
${header(view)}
<main id="main" tabindex="-1">
${summarySection(view)}
<nav aria-label="Sections"><ul>${links.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${storySection(view)}
${timelineSection(view)}
${graphSection(view)}
${processesSection(view)}
${matrixSection(view)}
${evidenceSection(view)}
${todoSection(view)}
${limitsSection(view)}
</main>
<footer><p class="tlp">${TLP}</p></footer>
${dataBlock('huntaway-data', pageData(view))}
${live !== null && inline('script', live.script)}
</body>
</html>
`;
  return markup(page);
}

function header({ input: { run, advisories }, clock, domain }: View): Html {
  return html`<header><p class="tlp">${TLP}</p>
<div class="top"><h1>Huntaway findings${advisories.length > 0 && html`: ${advisories.map(({ title }, i) => html`${i > 0 && '; '}${title}`)}`}</h1>
<p>Hunt of ${clock.at(run.ended)} over ${counted(run.files, 'file')}${domain !== null && html`, hosts of ${domain}`}. For your organisation only, and there for those who need to know.</p></div></header>`;
}

function policy(live: { readonly script: string } | null): string {
  return [
    "default-src 'none'",
    `style-src '${hash(styleSheet)}'`,
    `script-src ${live === null ? "'none'" : `'${hash(live.script)}'`}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** As a browser computes it of the text between the tags. */
function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
