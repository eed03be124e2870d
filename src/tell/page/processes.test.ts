import { describe, expect, it } from 'vitest';
import { evidence, intrusion } from '../../../test/intrusions.ts';
import { pageInput } from '../../../test/page.ts';
import type { FactValues } from '../../read/entities/index.ts';
import { markup } from './html.ts';
import { processesSection } from './processes.ts';
import { viewOf } from './view.ts';

/** The trees as lines, indented by depth. */
function trees(
  ...starts: readonly (readonly [example: string, second: number, values: FactValues])[]
): string[] {
  const pieces = starts.map(([example, second, values], i) => {
    const base = evidence({ id: `p${i}`, example, micros: 1e15 + second * 1e6 });
    return { ...base, fact: { ...base.fact, values } };
  });
  const page = markup(processesSection(viewOf(pageInput({ intrusions: [intrusion({ evidence: pieces })] }))));
  const lines: string[] = [];
  let depth = -1;
  for (const [, tag, said] of page.matchAll(/<(\/?ul|code|span class="beyond")>([^<]*)/g)) {
    if (tag === 'ul') depth++;
    else if (tag === '/ul') depth--;
    else lines.push(`${'  '.repeat(depth)}${said}`);
  }
  return lines;
}

describe('process trees', () => {
  it('nest what one process started under it', () => {
    const lines = trees(
      ['cmd', 0, { pid: 10, image: 'cmd.exe', parentPid: 4, parentImage: 'services.exe' }],
      ['ntdsutil', 1, { pid: 11, parentPid: 10 }],
      ['rar', 2, { pid: 12, parentPid: 11 }],
      ['del', 3, { pid: 13, parentPid: 10 }],
    );
    expect(lines).toEqual(['services.exe (not evidence)', '  cmd', '    ntdsutil', '      rar', '    del']);
  });

  it('name once a parent that is no evidence', () => {
    const values = { parentPid: 77, parentImage: 'cmd.exe' };
    const lines = trees(['net', 0, { pid: 10, ...values }], ['reg', 60, { pid: 11, ...values }]);
    expect(lines).toEqual(['cmd.exe (not evidence)', '  net', '  reg']);
  });

  it('take the same id hours later for another parent', () => {
    const values = { parentPid: 77, parentImage: 'cmd.exe' };
    const lines = trees(['net', 0, { pid: 10, ...values }], ['reg', 9000, { pid: 11, ...values }]);
    expect(lines).toEqual(['cmd.exe (not evidence)', '  net', 'cmd.exe (not evidence)', '  reg']);
  });

  it('do not grow deeper than a page can show', () => {
    const chain = Array.from(
      { length: 60 },
      (_, i) => [`p${i}`, i, { pid: 100 + i, parentPid: 99 + i }] as const,
    );
    const lines = trees(...chain);
    expect(lines.filter(line => /p\d/.test(line))).toHaveLength(60);
    expect(Math.max(...lines.map(line => line.search(/\S/)))).toBeLessThanOrEqual(28);
  });
});
