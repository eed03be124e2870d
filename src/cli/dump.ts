/** `huntaway dump`: checks the flags and hands them to the dump. */
import { dump, dumpLayouts } from '../run/dump/index.ts';
import { colorChoice, flag, timeRange } from './given.ts';
import type { Given } from './program.ts';
import { processIo } from './stdio.ts';
import { choice } from './values.ts';

export async function run(paths: readonly string[], given: Given): Promise<number> {
  const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
  const { from, to } = timeRange(given, io.now());
  return dump(
    {
      paths,
      layout: flag(given, 'format', value => choice('format', dumpLayouts, value)) ?? 'windows',
      from,
      to,
      reveal: given['reveal'] === true,
    },
    io,
  );
}
