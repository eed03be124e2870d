import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratch } from '../../test/scratch.ts';
import { loadSite } from './site.ts';

it('loads a site with what is wrong in it, by file, line and column', async () => {
  const path = join(
    scratch({ 'huntaway.yml': 'hosts:\n  - {name: dc1, roles: [dc], zon: it}\n' }),
    'huntaway.yml',
  );
  const { site, problems } = await loadSite(path);
  expect(site.hosts).toEqual([{ name: 'dc1', roles: ['dc'], zone: null }]);
  expect(problems).toEqual([
    `warning: ${path}:2:30: host 1 has a key 'zon' that is not known: did you mean 'zone'?`,
  ]);
});

it('ends the run where nothing of it can be read', async () => {
  const folder = scratch({ 'a.yml': '- x\n', 'b.yml': 'hosts: [\n' });
  await expect(loadSite(join(folder, 'a.yml'))).rejects.toThrow(
    /--site .*a\.yml:1:1: the site file must be a map/,
  );
  await expect(loadSite(join(folder, 'b.yml'))).rejects.toThrow(/--site .*b\.yml:\d+:\d+: not valid YAML/);
  await expect(loadSite(join(folder, 'none.yml'))).rejects.toThrow(/no such file/);
  await expect(loadSite(folder)).rejects.toThrow(/it is no file/);
});
