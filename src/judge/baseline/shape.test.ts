import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandShape } from './shape.ts';

const shape = (text: string, image?: string): string => commandShape(text, image);

describe('the shape of a command', () => {
  it.each([
    [
      'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q',
      'ntdsutil ac i ntds ifm create full temp/* q',
    ],
    [
      'wmic /node:192.0.2.10 /user:"A\\b" process call create "cmd /c x"',
      'wmic /node:<host> /user:<user> process call create cmd /c x',
    ],
    ['reg save hklm\\sam C:\\Windows\\Temp\\ss.dat', 'reg save hklm\\sam temp/*.dat'],
    [
      'rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\x\\y.dmp full',
      'rundll32 system/comsvcs.dll minidump # other/*.dmp full',
    ],
    ['net user bob /domain', 'net user <user> /domain'],
    ['net group "Domain Admins" /dom', 'net group domain admins /dom'],
    ['net use \\\\ws12\\c$', 'net use <share>c$'],
    ['powershell -enc JABzAD0ATgBlAHcALQBPAGIAagBlAGMAdAA=', 'powershell -enc #'],
    ['7z a -pS3cret C:\\Windows\\Temp\\x1.7z C:\\Windows\\Temp\\*', '7z a -p# temp/*.7z temp/*'],
    [
      'copy \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy3\\Windows\\NTDS\\ntds.dit c:\\temp\\x',
      'copy shadow/*.dit temp/*',
    ],
    ['w^ho^ami /all', 'whoami /all'],
    ['', ''],
  ])('of %j is %j', (text, expected) => expect(shape(text)).toBe(expected));

  it('names the folder of the program by its class', () => {
    expect(shape('x -a', 'C:\\Users\\bob\\Desktop\\x.exe')).toBe('user/x -a');
    expect(shape('x -a', 'C:\\Windows\\Temp\\x.exe')).toBe('temp/x -a');
  });

  it('folds names of hosts that are known', () => {
    const isHost = (word: string): boolean => word === 'fileserver';
    expect(commandShape('ping fileserver', undefined, isHost)).toBe('ping <host>');
    expect(commandShape('ping fileserver', undefined)).toBe('ping fileserver');
  });

  it('is the same whatever the digits are', () => {
    const digits = fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1000, max: 2999 }));
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        const text = ([x, y, z]: [number, number, number]): string =>
          `tool /id:${x} -n ${y} log-${z}.txt C:\\Data\\run${x}\\out${y}.csv ${z}-11-24 host${x}`;
        expect(shape(text(a))).toBe(shape(text(b)));
      }),
    );
  });

  it('is the same whatever GUIDs, hex numbers, addresses and SIDs are', () => {
    const hex = (length: number): fc.Arbitrary<string> =>
      fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: length, maxLength: length });
    const values = fc.tuple(fc.uuid(), hex(8), hex(32), fc.ipV4(), fc.ipV6(), fc.nat());
    const text = ([id, short, long, v4, v6, rid]: [string, string, string, string, string, number]): string =>
      `tool {${id}} ${id} 0x${short} ${long} ${v4} ${v6} /to:${v4} /id:${id} S-1-5-21-1-2-3-${rid}`;
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(shape(text(a))).toBe(shape(text(b)));
      }),
    );
  });

  it('is the same whatever files, hosts and people are called', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789_'),
      minLength: 1,
      maxLength: 20,
    });
    const labels = fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
      minLength: 1,
      maxLength: 20,
    });
    const names = fc.tuple(letters, labels, letters);
    const text = ([file, host, user]: [string, string, string]): string =>
      `tool C:\\Windows\\Temp\\${file}.dat "C:\\Users\\${user}\\My Files\\${file}.docx" \\\\${host}\\share\\${file}.zip ` +
      `\\\\${host}\\c$\\Users\\${user} /server:${host} ${host}.example.test DOM\\${user} ${user}@example.test /user:${user}`;
    fc.assert(
      fc.property(names, names, (a, b) => {
        expect(shape(text(a))).toBe(shape(text(b)));
      }),
    );
  });

  it('is another for another verb, option or program', () => {
    const verb = fc.constantFrom('create', 'delete', 'list', 'save', 'export', 'query', 'start', 'stop');
    fc.assert(
      fc.property(verb, verb, (a, b) => {
        expect(shape(`tool ${a} C:\\x\\y.txt`) === shape(`tool ${b} C:\\x\\y.txt`)).toBe(a === b);
        expect(shape(`tool /${a}:1`) === shape(`tool /${b}:1`)).toBe(a === b);
        expect(shape(`tool "x ${a}"`) === shape(`tool "x ${b}"`)).toBe(a === b);
        expect(shape(`${a}.exe 1`) === shape(`${b}.exe 1`)).toBe(a === b);
      }),
    );
  });

  it('does not throw, and is short, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), fc.option(fc.string()), (text, image) => {
        expect(commandShape(text, image ?? undefined).length).toBeLessThan(20_000);
      }),
    );
  });

  it.each([['"'], [' '], ['a.'], ['\\'], ['0123456789abcdef'], ['%a'], ['-a:'], ['a='], ['a@'], ['x\\y.']])(
    'of a megabyte of %j takes no time',
    unit => {
      const text = unit.repeat(1_000_000 / unit.length);
      const start = performance.now();
      for (let i = 0; i < 20; i++) shape(text);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});
