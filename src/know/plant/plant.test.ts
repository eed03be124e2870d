import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProjectFile, plantProducts, plantProtocol, productOf } from './index.ts';

describe('products of the plant', () => {
  it.each([
    ['C:\\Program Files (x86)\\Siemens\\WinCC\\bin\\PdlRt.exe', 'Siemens WinCC', 'hmi'],
    [
      'C:\\Program Files\\Siemens\\Automation\\Portal V17\\Bin\\Siemens.Automation.Portal.exe',
      'Siemens TIA Portal',
      'engineering',
    ],
    ['C:\\Program Files (x86)\\Wonderware\\InTouch\\view.exe', 'Wonderware InTouch', 'hmi'],
    [
      'C:\\Program Files (x86)\\ArchestrA\\Framework\\Bin\\aaIDE.exe',
      'AVEVA System Platform IDE',
      'engineering',
    ],
    ['D:\\Program Files\\PI\\bin\\piarchss.exe', 'PI Data Archive', 'historian'],
    ['c:\\program files (x86)\\proficy\\proficy ifix\\Workspace.exe', 'GE iFIX', 'hmi'],
    [
      'C:\\Program Files\\Inductive Automation\\Ignition\\lib\\runtime\\jre-win\\bin\\java.exe',
      'Ignition',
      'hmi',
    ],
    ['D:\\DeltaV\\bin\\dvop.exe', 'Emerson DeltaV', 'hmi'],
    ['\\Device\\HarddiskVolume3\\Program Files\\VTScada\\VTScada.exe', 'VTScada', 'hmi'],
  ])('%s is of %s', (image, name, role) => {
    expect(productOf(image)).toMatchObject({ name, role });
  });

  it.each([
    'C:\\Users\\ana\\Downloads\\Siemens\\WinCC\\bin\\PdlRt.exe',
    '\\\\fs1\\c$\\Program Files\\Siemens\\WinCC\\bin\\PdlRt.exe',
    'C:\\Program Files (x86)\\PIPC\\ProcBook\\Procbook.exe',
    'C:\\Program Files\\PI\\bin\\notes.exe',
    'C:\\Program Files\\Siemens\\WinCC',
    'PdlRt.exe',
    '',
  ])('%s tells nothing of its host', image => expect(productOf(image)).toBeNull());

  it('are named once for each folder', () => {
    const keys = plantProducts.map(({ folder, programs }) => `${folder} ${programs?.join() ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are looked for in any text without an error', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => productOf(`C:\\${text}`) === null));
  });
});

it('knows the ports of controllers and leaves those of offices alone', () => {
  expect([102, 502, 20_000, 44_818, 4840].map(plantProtocol)).toEqual([
    'Siemens S7',
    'Modbus',
    'DNP3',
    'EtherNet/IP',
    'OPC UA',
  ]);
  expect([80, 443, 445, 1433, 3389].map(plantProtocol)).toEqual([null, null, null, null, null]);
});

it('knows projects of the plant by extension, and drawings are none', () => {
  for (const path of ['SCADA\\PLC backups\\s-04.ACD', 'x\\line.ap17', 'x\\line.zap15_1', 'a.scd.bak'])
    expect(isProjectFile(path), path).toBe(true);
  for (const path of ['d\\one line.dwg', 'acd', 'folder.acd\\readme.txt', 'app.ap1', ''])
    expect(isProjectFile(path), path).toBe(false);
});
