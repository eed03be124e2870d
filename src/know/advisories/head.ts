/** `advisory.yml`: what the pack is about, who stands behind it, and what to do. */
import type { Section } from '../yaml/index.ts';
import type { Advisory } from './types.ts';

export type Head = Omit<Advisory, 'behaviours' | 'chain' | 'path' | 'rules' | 'indicators'>;

/** Safe as a folder's name on every system, and as a word on the command line. */
export const advisoryId: RegExp = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** Null where the pack does not even say what it is called. */
export function readHead(section: Section): Head | null {
  const id = section.text('id');
  if (id !== '' && !advisoryId.test(id)) {
    section.fail(
      `the id '${id.slice(0, 60)}' must be small letters, digits and dashes, such as volt-typhoon`,
    );
  }
  const isNamed = !section.broken;
  const actor = section.section('actor', "'actor'");
  const head: Head = {
    id,
    title: section.text('title') || id,
    version: section.text('version'),
    published: section.day('published'),
    modified: section.has('modified') ? section.day('modified') : section.day('published'),
    actor: {
      name: actor?.text('name') ?? '',
      aliases: actor?.texts('aliases').map(({ text }) => text) ?? [],
    },
    author: section.text('author'),
    issuers: section.texts('issuers').map(({ text }) => text),
    summary: section.text('summary'),
    references: section
      .sections('references', index => `reference ${index}`)
      .flatMap(each => readReference(each)),
    mitigations: readPairs(section, 'mitigations', 'mitigation'),
    firstSteps: readPairs(section, 'first-steps', 'first step'),
  };
  if (head.modified !== '' && head.modified < head.published) {
    section.warn("'modified' lies before 'published'", section.raw('modified')?.at);
  }
  actor?.close();
  section.close();
  return isNamed ? head : null;
}

function readReference(section: Section): Advisory['references'][number][] {
  const title = section.text('title');
  const url = section.optionalText('url');
  const date = section.day('date');
  if (url !== null && !/^https?:\/\/[^\s"<>]+$/.test(url)) {
    section.fail("'url' must begin with https:// and hold no blanks", section.raw('url')?.at);
  }
  section.close();
  return section.broken ? [] : [{ title, url, date }];
}

function readPairs(section: Section, key: string, what: string): { title: string; text: string }[] {
  return section
    .sections(key, index => `${what} ${index}`)
    .flatMap(each => {
      const pair = { title: each.text('title'), text: each.text('text') };
      each.close();
      return each.broken ? [] : [pair];
    });
}
