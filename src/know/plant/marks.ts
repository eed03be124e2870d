/** What speaks of the plant in a command or a path: ports of controllers, and files of their projects. */

/** TCP ports that controllers and their servers listen at, and nothing in an office does. */
const protocols: ReadonlyMap<number, string> = new Map([
  [102, 'Siemens S7'],
  [502, 'Modbus'],
  [789, 'Red Lion Crimson'],
  [1911, 'Niagara Fox'],
  [2404, 'IEC 60870-5-104'],
  [4840, 'OPC UA'],
  [4911, 'Niagara Fox'],
  [5007, 'MELSEC'],
  [5094, 'HART-IP'],
  [9600, 'Omron FINS'],
  [18_245, 'GE SRTP'],
  [20_000, 'DNP3'],
  [44_818, 'EtherNet/IP'],
  [47_808, 'BACnet'],
]);

/** Name of the plant's protocol at a port; null = none. */
export function plantProtocol(port: number): string | null {
  return protocols.get(port) ?? null;
}

/** Projects of controllers, screens, relays and substations; drawings are of every trade and no mark. */
const projectExtensions: ReadonlySet<string> = new Set([
  'acd',
  'l5x',
  'l5k',
  'rss',
  'rsp',
  'mer',
  'apa',
  'cxp',
  's7p',
  's7l',
  'gx2',
  'gx3',
  'gxw',
  'fhx',
  'stu',
  'sta',
  'xef',
  'zef',
  'smbp',
  'scd',
  'icd',
  'cid',
  'ssd',
]);

/** Whether a path is of a project of the plant, by its extension, its copy (`.bak`) included. */
export function isProjectFile(path: string): boolean {
  const name = path
    .slice(path.lastIndexOf('\\') + 1)
    .toLowerCase()
    .replace(/\.bak$/, '');
  const dot = name.lastIndexOf('.');
  const extension = name.slice(dot + 1);
  if (dot < 0) return false;
  return projectExtensions.has(extension) || /^z?ap[12]\d(?:_\d)?$/.test(extension);
}
