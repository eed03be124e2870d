/**
 * Products that run a plant, by the folder they are installed in, and what a host that runs them is. A program counts only
 * under `Program Files` or at the root of a drive, where an installer puts it: a copy in a person's folder says nothing of
 * the host. Clients that offices use too (PI ProcessBook, browsers, DataLink) are left out, for a desk is not the plant.
 */

export type PlantProduct = {
  readonly name: string;
  readonly role: 'hmi' | 'engineering' | 'historian';
  /** Beginning of the path behind the drive and `Program Files`, lower case. */
  readonly folder: string;
  /** Only these programs, where the folder holds others that do not tell; lower case. */
  readonly programs?: readonly string[];
};

const hmi = (name: string, folder: string, ...programs: string[]): PlantProduct =>
  product(name, 'hmi', folder, programs);
const engineering = (name: string, folder: string, ...programs: string[]): PlantProduct =>
  product(name, 'engineering', folder, programs);
const historian = (name: string, folder: string, ...programs: string[]): PlantProduct =>
  product(name, 'historian', folder, programs);

function product(
  name: string,
  role: PlantProduct['role'],
  folder: string,
  programs: readonly string[],
): PlantProduct {
  return { name, role, folder: `${folder.toLowerCase()}\\`, ...(programs.length === 0 ? {} : { programs }) };
}

/** The first that fits counts: a product's special programs stand before its folder. */
export const plantProducts: readonly PlantProduct[] = [
  engineering('AVEVA System Platform IDE', 'ArchestrA\\Framework', 'aaide.exe'),
  historian('AVEVA Historian', 'Wonderware\\Historian'),
  historian('AVEVA Historian', 'ArchestrA\\Historian'),
  hmi('Wonderware InTouch', 'Wonderware\\InTouch'),
  hmi('AVEVA System Platform', 'ArchestrA\\Framework'),
  hmi('AVEVA Plant SCADA', 'AVEVA Plant SCADA'),
  hmi('AVEVA Plant SCADA', 'AVEVA\\Plant SCADA'),
  hmi('CitectSCADA', 'Citect'),
  hmi('CitectSCADA', 'Schneider Electric\\CitectSCADA'),
  hmi('Siemens WinCC', 'Siemens\\WinCC'),
  hmi('Siemens WinCC Unified', 'Siemens\\Automation\\WinCCUnified'),
  hmi('Siemens WinCC Runtime Advanced', 'Siemens\\Automation\\WinCC RT Advanced'),
  hmi('Siemens WinCC OA', 'Siemens\\WinCC_OA'),
  engineering('Siemens TIA Portal', 'Siemens\\Automation\\Portal V'),
  engineering('Siemens STEP 7', 'Siemens\\Step7'),
  engineering('Rockwell Studio 5000', 'Rockwell Software\\Studio 5000'),
  engineering('Rockwell RSLogix 5000', 'Rockwell Software\\RSLogix 5000'),
  engineering('Rockwell RSLogix 500', 'Rockwell Software\\RSLogix 500'),
  hmi('FactoryTalk View', 'Rockwell Software\\RSView Enterprise'),
  historian('FactoryTalk Historian', 'Rockwell Software\\FactoryTalk Historian'),
  hmi('GE iFIX', 'GE\\iFIX'),
  hmi('GE iFIX', 'Proficy\\Proficy iFIX'),
  hmi('GE iFIX', 'Proficy\\iFIX'),
  hmi('GE CIMPLICITY', 'Proficy\\Proficy CIMPLICITY'),
  historian('GE Proficy Historian', 'Proficy\\Proficy Historian'),
  historian('PI Data Archive', 'PI\\bin', 'piarchss.exe', 'pinetmgr.exe', 'pisnapss.exe', 'pibasess.exe'),
  hmi('Ignition', 'Inductive Automation\\Ignition'),
  hmi('Geo SCADA Expert', 'Schneider Electric\\Geo SCADA Expert'),
  hmi('ClearSCADA', 'Schneider Electric\\ClearSCADA'),
  engineering('Schneider Control Expert', 'Schneider Electric\\Control Expert'),
  engineering('Schneider Unity Pro', 'Schneider Electric\\Unity Pro'),
  hmi('Honeywell Experion PKS', 'Honeywell\\Experion PKS'),
  hmi('Emerson DeltaV', 'DeltaV'),
  hmi('Yokogawa CENTUM VP', 'CENTUMVP'),
  hmi('ABB 800xA', 'ABB Industrial IT'),
  hmi('zenon', 'COPA-DATA\\zenon'),
  hmi('VTScada', 'VTScada'),
  engineering('SEL AcSELerator', 'SEL\\AcSELerator'),
  engineering('TriStation', 'Triconex'),
];

const FOLDERS = /^(?:[a-z]:|\\device\\harddiskvolume\d{1,3})\\(?:program files(?: \(x86\))?\\)?/;

/** The product that a program belongs to, by its path; null = none of these. */
export function productOf(image: string): PlantProduct | null {
  const path = image.toLowerCase();
  const installed = FOLDERS.exec(path);
  if (installed === null) return null;
  const rest = path.slice(installed[0].length);
  const name = rest.slice(rest.lastIndexOf('\\') + 1);
  return (
    plantProducts.find(
      ({ folder, programs }) => begins(rest, folder) && (programs === undefined || programs.includes(name)),
    ) ?? null
  );
}

/** Whether a path lies in a folder; versions may stand behind its name: `Portal V16`, `Studio 5000 v32`. */
function begins(path: string, folder: string): boolean {
  const name = folder.slice(0, -1);
  if (!path.startsWith(name)) return false;
  return /^[\d ._a-z]{0,40}\\/.test(path.slice(name.length, name.length + 41));
}
