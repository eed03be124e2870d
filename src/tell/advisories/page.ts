/**
 * An advisory as a page for a person: who and what, each behaviour with where it shows, what no log can show and why, what to
 * do. Everything comes from a file that somebody wrote, so all of it is made harmless first.
 */
import { type Advisory, type Behaviour, type NeededSource, stages } from '../../know/advisories/index.ts';
import { counted, plain, type Style, style, type TableOptions, wrap } from '../terminal/index.ts';

const STEP = 2;
/** Room for an id before a title. */
const ID_WIDTH = 11;

export function renderAdvisory(advisory: Advisory, { width, color }: TableOptions): string {
  const page = new Page(width, style(color));
  page.head(advisory);
  for (const stage of stages) page.stage(stage, advisory.behaviours);
  page.unobservable(advisory.behaviours);
  page.chain(advisory.chain);
  page.pairs('What to do first', advisory.firstSteps);
  page.pairs('Mitigations', advisory.mitigations);
  page.references(advisory.references);
  return page.text();
}

class Page {
  readonly #width: number;
  readonly #paint: Style;
  readonly #lines: string[] = [];

  constructor(width: number, paint: Style) {
    this.#width = width;
    this.#paint = paint;
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  head({ id, title, version, published, modified, actor, author, issuers, summary }: Advisory): void {
    this.#lines.push(...wrap(plain(title), this.#width).map(line => this.#paint.bold(line)));
    const changed = modified === published ? '' : `, changed ${modified}`;
    this.#line(`${id} ${version}, published ${published}${changed}`);
    const aliases = actor.aliases.length === 0 ? '' : ` (also ${actor.aliases.join(', ')})`;
    this.#line(`Actor: ${actor.name}${aliases}`);
    const behind = issuers.length === 0 ? 'nobody else stands behind it' : `issued by ${issuers.join(', ')}`;
    this.#line(`Written by ${author}; ${behind}`);
    this.#lines.push('');
    this.#line(summary);
  }

  stage(stage: string, behaviours: readonly Behaviour[]): void {
    const own = behaviours.filter(each => each.stage === stage && each.notObservable === null);
    if (own.length === 0) return;
    this.#heading(`${stage[0]!.toUpperCase()}${stage.slice(1).replaceAll('-', ' ')}`);
    for (const behaviour of own) this.#behaviour(behaviour);
  }

  unobservable(behaviours: readonly Behaviour[]): void {
    const blind = behaviours.filter(({ notObservable }) => notObservable !== null);
    if (blind.length === 0) return;
    this.#heading('What these logs can not show');
    for (const { id, title, notObservable } of blind) {
      this.#titled(id, title);
      this.#line(notObservable!, STEP + ID_WIDTH);
    }
  }

  chain({ steps, links }: Advisory['chain']): void {
    if (steps.length === 0) return;
    this.#heading('How one thing leads to another');
    const shown = steps.map(({ id, title }) => `${id} (${title})`);
    this.#line(`${shown.join(', ')}; ${counted(links.length, 'link')} between them`, STEP);
  }

  pairs(heading: string, all: readonly { readonly title: string; readonly text: string }[]): void {
    if (all.length === 0) return;
    this.#heading(heading);
    all.forEach(({ title, text }, i) => {
      this.#line(`${i + 1}. ${title}`, STEP);
      this.#line(text, STEP + 3);
    });
  }

  references(all: Advisory['references']): void {
    if (all.length === 0) return;
    this.#heading('References');
    for (const { title, url, date } of all) {
      this.#line(`${title}, ${date}`, STEP);
      if (url !== null) this.#line(url, STEP * 2);
    }
  }

  #behaviour({
    id,
    title,
    gravity,
    exposes,
    attack,
    attackReplaced,
    sources,
    rules,
    lookalikes,
  }: Behaviour): void {
    this.#titled(id, title);
    const indent = STEP + ID_WIDTH;
    const techniques = attack.map(each => {
      const now = attackReplaced[each];
      return now === undefined ? each : `${each} (${now} since v19)`;
    });
    const facts = [
      gravity,
      ...(exposes === null ? [] : [`exposes ${exposes === 'domain' ? 'the domain' : exposes}`]),
      ...techniques,
      counted(rules.length, 'rule'),
    ];
    this.#line(facts.join(', '), indent, this.#paint.dim);
    for (const source of sources) this.#line(`in ${sourceWords(source)}`, indent);
    for (const { what, apart } of lookalikes) this.#line(`looks like: ${what}. Apart: ${apart}`, indent);
  }

  #titled(id: string, title: string): void {
    const [first, ...rest] = wrap(plain(title), Math.max(20, this.#width - STEP - ID_WIDTH));
    const shown = plain(id).padEnd(ID_WIDTH);
    this.#lines.push(' '.repeat(STEP) + shown + this.#paint.bold(first!));
    for (const line of rest)
      this.#lines.push(' '.repeat(STEP + ID_WIDTH) + this.#paint.bold(line.trimStart()));
  }

  #heading(text: string): void {
    this.#lines.push('', this.#paint.bold(plain(text)));
  }

  #line(text: string, indent = 0, paint: (text: string) => string = each => each): void {
    const lines = wrap(plain(text), Math.max(20, this.#width - indent));
    lines.forEach((line, i) => {
      const more = i === 0 || indent === 0 ? '' : ' '.repeat(STEP);
      this.#lines.push(' '.repeat(indent) + more + paint(line.trimStart()));
    });
  }
}

/** `Security 4688 (needs CommandLine; off by default: auditpol …)`. */
function sourceWords({ channel, eventIds, fields, enable }: NeededSource): string {
  const ids = eventIds.length === 0 ? '' : ` ${eventIds.join(', ')}`;
  const needs = [
    ...(fields.length === 0 ? [] : [`needs ${fields.join(', ')}`]),
    ...(enable === null ? [] : [`off by default: ${enable}`]),
  ];
  return `${channel}${ids}${needs.length === 0 ? '' : ` (${needs.join('; ')})`}`;
}
