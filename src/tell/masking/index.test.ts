import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsFreeText, mask, mayHoldSecret, mayHoldSecretUtf16 } from './index.ts';
import { maskingRules } from './rules.ts';

/** By rule: what is masked and how it reads then, and what looks alike and stays. */
const cases: Record<string, { hits: readonly (readonly [string, string])[]; misses: readonly string[] }> = {
  'password switch with its value': {
    hits: [
      [
        'wmic /node:10.0.0.5 /user:admin /password:Hunter2! process list',
        'wmic /node:10.0.0.5 /user:admin /password:*** process list',
      ],
      ['cmdkey /add:srv /user:a /pass:x1', 'cmdkey /add:srv /user:a /pass:***'],
      ['tool.exe --password="two words" -v', 'tool.exe --password="***" -v'],
      ['tool.exe --db-password=x', 'tool.exe --db-password=***'],
      ['tool /PASSWORD:x&whoami', 'tool /PASSWORD:***&whoami'],
      ["tool '--passwd=x'", "tool '--passwd=***'"],
      ['wmic /pa^ssw^ord:x', 'wmic /pa^ssw^ord:***'],
      ['tool \u2013password:x', 'tool \u2013password:***'],
    ],
    misses: [
      'net user bob /passwordreq:yes /passwordchg:no',
      'Set-ADUser bob -PasswordNeverExpires:$true',
      'C:\\password\\list.txt',
    ],
  },
  'password switch before its value': {
    hits: [
      ['mimi.exe -Password s3cret -Force', 'mimi.exe -Password *** -Force'],
      ['dsmod user CN=x -pwd s3cret', 'dsmod user CN=x -pwd ***'],
      ['New-LocalUser -AccountPassword "a b"', 'New-LocalUser -AccountPassword "***"'],
    ],
    misses: [
      'tool --password -v',
      'tool -Password (Get-Secret x)',
      'findstr /si password *.txt',
      'tool -Bypass -File C:\\x.ps1',
    ],
  },
  'short password switch': {
    hits: [
      ['plink.exe -ssh -l root -pw s3cret 10.0.0.1', 'plink.exe -ssh -l root -pw *** 10.0.0.1'],
      ['schtasks /create /ru a /rp s3cret /tn b', 'schtasks /create /ru a /rp *** /tn b'],
    ],
    misses: ['schtasks /run /rp', 'tool -pwd', 'tool -rpc x'],
  },
  'token switch': {
    hits: [
      ['tool --api-key abc --token=def', 'tool --api-key *** --token=***'],
      ['tool -ClientSecret abc', 'tool -ClientSecret ***'],
    ],
    misses: ['tool --tokens 4', 'tool -keyfile a.pem', 'dir C:\\secret'],
  },
  'user and password switches': {
    hits: [
      ['psexec \\\\srv -u admin -p s3cret cmd', 'psexec \\\\srv -u admin -p *** cmd'],
      ['renamed.exe \\\\srv -u admin -p "s3 cret" cmd', 'renamed.exe \\\\srv -u admin -p "***" cmd'],
      ['tasklist /s srv /u admin /p s3cret', 'tasklist /s srv /u admin /p ***'],
      ['winrs -r:srv -u:admin -p:s3cret ipconfig', 'winrs -r:srv -u:admin -p:*** ipconfig'],
      ['PsExec64.exe -p x \\\\srv cmd', 'PsExec64.exe -p *** \\\\srv cmd'],
    ],
    misses: [
      'ssh -p 2222 host',
      'nc -l -p 8080',
      'mkdir -p a/b',
      'for /p %i in (x)',
      'msbuild x.sln /p:Configuration=Release',
    ],
  },
  'remote desktop password': {
    hits: [['xfreerdp /v:srv /p:s3cret', 'xfreerdp /v:srv /p:***']],
    misses: ['msbuild x.sln /p:Platform=x64', 'xfreerdp /port:3389'],
  },
  'database client password': {
    hits: [
      ['mysqldump -uroot -ps3cret db', 'mysqldump -uroot -p*** db'],
      ['mysql -u root -p"s3 cret"', 'mysql -u root -p"***"'],
    ],
    misses: ['mysql --port=3306 -port 1', 'nmap -p443 host'],
  },
  sshpass: {
    hits: [
      ['sshpass -p s3cret ssh a@b', 'sshpass -p *** ssh a@b'],
      ['sshpass -ps3cret ssh a@b', 'sshpass -p*** ssh a@b'],
    ],
    misses: ['sshpass -f file ssh a@b'],
  },
  'archive header password': {
    hits: [
      ['r.exe a -hps3cret -m5 x.rar C:\\data', 'r.exe a -hp*** -m5 x.rar C:\\data'],
      ['rar a -hp"s3 cret" x.rar', 'rar a -hp"***" x.rar'],
      ['rar a /HPs3cret x.rar', 'rar a /HP*** x.rar'],
    ],
    misses: ['tool --help', 'C:\\hp\\driver.exe'],
  },
  'archive password': {
    hits: [
      ['7z.exe a -ps3cret out.7z C:\\data', '7z.exe a -p*** out.7z C:\\data'],
      [
        'cmd /c 7z.exe a -p s3cret C:\\t\\out.7z C:\\pro\\*',
        'cmd /c 7z.exe a -p *** C:\\t\\out.7z C:\\pro\\*',
      ],
      ['update.exe a out.zip -ps3cret C:\\data', 'update.exe a out.zip -p*** C:\\data'],
      ['rar a -p"s3 cret" out.rar', 'rar a -p"***" out.rar'],
    ],
    misses: [
      '7z a -p C:\\t\\out.7z C:\\data',
      '7z a -p out.7z data',
      'Expand-Archive -Path C:\\x.zip -PassThru',
      'Get-ChildItem -Path C:\\ -Property Name',
      'tool -Process x',
    ],
  },
  'net user': {
    hits: [
      ['net user bob S3cret! /add', 'net user bob *** /add'],
      [
        'C:\\Windows\\System32\\net1.exe  user "bob b" S3cret! /add',
        'C:\\Windows\\System32\\net1.exe  user "bob b" *** /add',
      ],
      ['n^et us^er bob S3cret!', 'n^et us^er bob ***'],
      ['net user /add bob S3cret!', 'net user /add bob ***'],
    ],
    misses: [
      'net user bob',
      'net user bob * /add',
      'net user bob /domain',
      'net user bob > out.txt',
      'net user administrator 2>&1',
    ],
  },
  'net use, password after the share': {
    hits: [
      ['net use \\\\srv\\c$ S3cret! /user:admin', 'net use \\\\srv\\c$ *** /user:admin'],
      ['net use Z: \\\\srv\\c$ S3cret!', 'net use Z: \\\\srv\\c$ ***'],
    ],
    misses: ['net use \\\\srv\\c$ /delete', 'net use \\\\srv\\c$ & dir', 'copy \\\\srv\\c$ D:'],
  },
  'net use, password after the user': {
    hits: [['net use \\\\srv\\c$ /user:corp\\admin S3cret!', 'net use \\\\srv\\c$ /user:corp\\admin ***']],
    misses: [
      'net use \\\\srv\\c$ /user:corp\\admin',
      'net use /user:a \\\\srv\\c$',
      'net use \\\\srv\\c$ /user:a /persistent:no',
    ],
  },
  rasdial: {
    hits: [['rasdial "My VPN" bob S3cret!', 'rasdial "My VPN" bob ***']],
    misses: ['rasdial "My VPN" /disconnect', 'rasdial vpn bob *'],
  },
  'key and value': {
    hits: [
      ['Server=srv;User Id=sa;Password=S3cret!;Encrypt=no', 'Server=srv;User Id=sa;Password=***;Encrypt=no'],
      ['Data Source=x;Pwd=abc', 'Data Source=x;Pwd=***'],
      ['sc config svc obj= corp\\a password= S3cret!', 'sc config svc obj= corp\\a password= ***'],
      ['{"password": "a b"}', '{"password": "***"}'],
    ],
    misses: ['if (password == x)', 'PWD=C:\\Users', 'PasswordLastSet=1', 'mssql://password'],
  },
  'token and value': {
    hits: [
      ['DefaultEndpoints;AccountKey=abc==;x', 'DefaultEndpoints;AccountKey=***;x'],
      ['set aws_secret_access_key = abc', 'set aws_secret_access_key = ***'],
    ],
    misses: ['System, Version=4.0.0.0, PublicKeyToken=b77a5c561934e089', 'RegistryKey=HKLM'],
  },
  'script variable': {
    hits: [
      ['$password = "S3cret!"', '$password = "***"'],
      ["$AdminPwd='S3cret!'", "$AdminPwd='***'"],
    ],
    misses: ['$password = Read-Host -AsSecureString', '$count = "4"'],
  },
  'secure string': {
    hits: [
      [
        'ConvertTo-SecureString "S3cret!" -AsPlainText -Force',
        'ConvertTo-SecureString "***" -AsPlainText -Force',
      ],
      [
        'ConvertTo-SecureString -String S3cret! -AsPlainText',
        'ConvertTo-SecureString -String *** -AsPlainText',
      ],
    ],
    misses: [
      'Read-Host -AsSecureString',
      'ConvertTo-SecureString $x -AsPlainText',
      'ConvertFrom-SecureString -Key 1',
    ],
  },
  'text piped to a secure string': {
    hits: [
      ["'S3cret!' | ConvertTo-SecureString -AsPlainText", "'***' | ConvertTo-SecureString -AsPlainText"],
    ],
    misses: ['"a" | Out-File x; ConvertTo-SecureString $x'],
  },
  'credential constructor': {
    hits: [
      [
        'New-Object Net.NetworkCredential("bob", "S3cret!")',
        'New-Object Net.NetworkCredential("bob", "***")',
      ],
    ],
    misses: ['Get-Credential("bob")'],
  },
  curl: {
    hits: [['curl -u bob:S3cret! https://srv', 'curl -u bob:*** https://srv']],
    misses: ['curl -u bob https://srv', 'tool -u bob:x'],
  },
  'address with credentials': {
    hits: [['git clone https://bob:S3cret!@srv/x.git', 'git clone https://bob:***@srv/x.git']],
    misses: ['https://srv:8080/a@b', 'https://srv/x', 'ftp://bob@srv'],
  },
  'target with credentials': {
    hits: [['wmiexec.py corp/bob:S3cret!@10.0.0.1', 'wmiexec.py corp/bob:***@10.0.0.1']],
    misses: ['ssh bob@10.0.0.1', 'mail bob@corp.example'],
  },
  'authorization header': {
    hits: [
      ['curl -H "Authorization: Basic Ym9iOng="', 'curl -H "Authorization: Basic ***"'],
      ['@{"Authorization" = "Bearer abc"}', '@{"Authorization" = "Bearer ***"}'],
    ],
    misses: ['authorization service started'],
  },
  'bearer token': {
    hits: [['x bearer eyJhbGciOiJIUzI1NiJ9.e30.abc', 'x bearer ***']],
    misses: ['the bearer of this', 'bearer short'],
  },
  'password hash': {
    hits: [
      [
        'mimikatz "sekurlsa::pth /user:a /ntlm:0123456789abcdef"',
        'mimikatz "sekurlsa::pth /user:a /ntlm:***"',
      ],
      ['secretsdump.py -hashes aad3:31d6 a@b', 'secretsdump.py -hashes *** a@b'],
    ],
    misses: ['certutil -hashfile x', 'Hashes: MD5=abc'],
  },
  'automatic logon': {
    hits: [
      [
        'reg add "HKLM\\Winlogon" /v DefaultPassword /t REG_SZ /d S3cret! /f',
        'reg add "HKLM\\Winlogon" /v DefaultPassword /t REG_SZ /d *** /f',
      ],
    ],
    misses: ['reg add HKLM\\x /v y /d 1', 'reg query x /v DefaultPassword'],
  },
  netsh: {
    hits: [
      ['netsh wlan set hostednetwork ssid=a key=S3cret!', 'netsh wlan set hostednetwork ssid=a key=***'],
    ],
    misses: ['netsh wlan show profile name=a key=', 'reg key=abc'],
  },
};

describe.each(maskingRules.map(rule => rule.name))('masking: %s', name => {
  const { hits, misses } = cases[name] ?? { hits: [], misses: [] };

  it('hides the secret and nothing else', () => {
    expect(hits.length).toBeGreaterThan(0);
    for (const [text, masked] of hits) expect(mask(text)).toBe(masked);
  });

  it('leaves what looks alike', () => {
    expect(misses.length).toBeGreaterThan(0);
    for (const text of misses) expect(mask(text)).toBe(text);
  });
});

/** Command lines of pieces that rules look for, in any order. */
const pieces = fc.constantFrom(
  ...maskingRules.flatMap(rule => rule.triggers),
  ...Object.values(cases).flatMap(({ hits, misses }) => [...hits.flat(), ...misses]),
  ...[
    '"',
    "'",
    '^',
    ' ',
    '***',
    '=',
    ':',
    '/p',
    '-p',
    '-u ',
    '\\\\a\\b',
    '7z a ',
    'mysql ',
    'net use ',
    '&',
    '\n',
    'é',
    '\ud800',
  ],
);
const soup = fc.array(pieces, { maxLength: 12 }).map(all => all.join(''));

describe('masking', () => {
  it('twice is the same as once', () => {
    fc.assert(
      fc.property(soup, text => {
        const once = mask(text);
        expect(mask(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('changes nothing where no trigger is seen, in text or bytes', () => {
    fc.assert(
      fc.property(soup, text => {
        const bytes = Buffer.from(`x${text}`, 'utf16le');
        if (mayHoldSecret(text)) expect(mayHoldSecretUtf16(bytes, 2, bytes.length)).toBe(true);
        for (const { context, pattern, triggers } of maskingRules) {
          if (text.search(pattern) >= 0 && (context === undefined || text.search(context) >= 0))
            expect(mayHoldSecret(text), `${triggers} in ${text}`).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('returns the same string where there is nothing to hide', () => {
    expect(mask('whoami /all')).toBe('whoami /all');
    expect(mask('')).toBe('');
  });

  it.each(maskingRules)('of a hostile megabyte takes linear time: $name', ({ name, context, pattern }) => {
    const text = cases[name]!.hits[0]![0];
    const half = text.slice(0, Math.ceil(text.length / 2));
    for (const unit of [text, `${text} `, half, '-p', '"', ' ', '-', 'a.', '\\\\', '://', '^', ' a -']) {
      const hostile = `${text} ${unit.repeat(Math.ceil(1e6 / unit.length))} ${text}`;
      const started = performance.now();
      context?.test(hostile);
      hostile.replace(pattern, '');
      expect(performance.now() - started, JSON.stringify(unit)).toBeLessThan(1500);
    }
  });

  it('of a hostile megabyte that sets off every rule takes less than three seconds', () => {
    const everything = Object.values(cases)
      .flatMap(({ hits }) => hits.map(([text]) => text))
      .join(' ');
    const hostile = everything.repeat(Math.ceil(1e6 / everything.length));
    const started = performance.now();
    expect(mask(hostile)).not.toBe(hostile);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('fields', () => {
  it('with free text are searched, also unknown ones', () => {
    for (const field of ['CommandLine', 'ScriptBlockText', 'Details', 'Data', 'ImagePath', 'param1', 'Foo']) {
      expect(holdsFreeText(field), field).toBe(true);
    }
  });

  it('with identifiers, hashes, numbers and paths are not', () => {
    for (const field of [
      'Hashes',
      'ProcessGuid',
      'TargetUserSid',
      'Image',
      'ParentImage',
      'UtcTime',
      'SubjectLogonId',
    ]) {
      expect(holdsFreeText(field), field).toBe(false);
    }
  });
});
