/**
 * What could be seen in the bundled drill, as a user gets it: every cell and every reason, so that nobody changes what is
 * said of visibility without seeing how; and the same whatever the number of workers.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bin } from './program.ts';
import { schema } from './schemas.ts';
import { scratch } from './scratch.ts';

const drill = fileURLToPath(new URL('../samples/drill', import.meta.url));

function hunted(...flags: string[]): string {
  const out = join(scratch(), 'out');
  const site = ['--site', join(drill, 'huntaway.yml'), '--as-of', '2025-11-05T00:00:00Z'];
  const run = spawnSync(
    process.execPath,
    [bin, 'hunt', join(drill, 'logs'), '--out', out, '--quiet', ...site, ...flags],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (run.status !== 0) throw new Error(`hunt ended with ${run.status}: ${run.stderr}`);
  return readFileSync(join(out, 'visibility.json'), 'utf8');
}

type Dated = { readonly from: string; readonly to: string };
type Json = {
  readonly said: readonly string[];
  readonly span: Dated;
  readonly counts: unknown;
  readonly fixes: readonly { readonly setting: string; readonly gain: number }[];
  readonly cells: readonly (Dated & {
    readonly host: string | null;
    readonly behaviours: readonly string[];
    readonly sight: string;
    readonly partial: boolean;
  })[];
  readonly blinds: readonly (Dated & { readonly said: string; readonly settings: readonly string[] })[];
};

const dayOf = (date: string): number => Date.parse(date) / 86_400_000;
const letters: Readonly<Record<string, string>> = {
  found: 'F',
  'would-have-shown': 'w',
  'could-not-see': '-',
};

/** A letter a day: found, would have shown, or not to be seen (`~` where a part of it is). */
function told({ said, span, counts, fixes, cells, blinds }: Json): string {
  const rows = new Map<string, string[]>();
  for (const { host, behaviours, sight, from, to, partial } of cells) {
    for (const behaviour of behaviours) {
      const key = `${host ?? 'the site'} ${behaviour}`;
      const row = rows.get(key) ?? [];
      for (let day = dayOf(from); day <= dayOf(to); day++) {
        row[day - dayOf(span.from)] = partial ? '~' : letters[sight]!;
      }
      rows.set(key, row);
    }
  }
  // Behaviours of a host that stand alike share a line.
  const alike = new Map<string, string[]>();
  for (const [key, row] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const at = key.lastIndexOf(' ');
    const line = `${key.slice(0, at)} ${row.join('')}`;
    alike.set(line, [...(alike.get(line) ?? []), key.slice(at + 1)]);
  }
  return [
    ...said,
    '',
    `${span.from} to ${span.to} ${JSON.stringify(counts)}`,
    ...[...alike].map(([line, behaviours]) => `${line} ${behaviours.join(' ')}`),
    '',
    ...blinds.map(({ said: reason, settings }) => `${reason} [${settings.join(', ')}]`),
    '',
    ...fixes.map(({ setting, gain }) => `${setting} ${gain}`),
    '',
  ].join('\n');
}

it('of the bundled drill is what it was, is valid, and the same with three workers', async () => {
  const text = hunted();
  await expect(told(JSON.parse(text))).toMatchFileSnapshot('golden/drill-visibility.txt');
  const validate = schema('visibility');
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  expect(hunted('--workers', '3')).toBe(text);
}, 120_000);
