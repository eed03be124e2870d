/**
 * `huntaway.yml` of a drill: roles and zones as the operator of that site would know them, for `--site`. It approves
 * nothing, so that a drill shows what a hunt makes of look-alikes by itself.
 */
import type { Role, Site } from './world/site.ts';

/** Words of `--site` for what a host of the drill is; others have none. */
const siteRoles: Readonly<Partial<Record<Role, string>>> = {
  dc: 'dc',
  file: 'file',
  jump: 'jump',
  'ot-jump': 'jump',
  historian: 'historian',
  hmi: 'hmi',
  engineering: 'engineering',
};

/** YAML; names of drills need quotes at most for a backslash. */
export function siteFile({ hosts, vendor, backup, scanner, inventory, tasks }: Site): string {
  const services = [backup, scanner, inventory, tasks];
  return [
    '# What the operator of this site knows of it: huntaway hunt logs --site huntaway.yml',
    'hosts:',
    ...hosts.map(({ fqdn, role, zone }) => {
      const word = siteRoles[role];
      return `  - {name: ${fqdn.toLowerCase()}, roles: [${word ?? ''}], zone: ${zone}}`;
    }),
    `vendor-accounts: ['${vendor.domain}\\${vendor.name}']`,
    `service-accounts: [${services.map(({ domain, name }) => `'${domain}\\${name}'`).join(', ')}]`,
    '',
  ].join('\n');
}
