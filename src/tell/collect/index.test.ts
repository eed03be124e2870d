/**
 * The scripts are text for hosts that no test has. What can be held here: that nobody changes them unseen (golden
 * files), that they are well formed, and that they can do nothing but what a list allows.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowsServices } from '../../know/logsources/services.ts';
import { type CollectFormat, type CollectScript, collectedChannels, collectScript } from './index.ts';
import { isChannelName, isFolderName, sinceQuery } from './options.ts';

const script: CollectScript = {
  channels: null,
  every: false,
  since: null,
  parent: '.',
  id: '5af54681-df95-4c26-854f-2565e13cfab0',
  generator: 'huntaway 0.1.0',
  printed: '2026-03-01T08:00:00.000Z',
};
const chosen: CollectScript = {
  ...script,
  channels: ['Security', 'Microsoft-Windows-Windows Defender/Operational'],
  since: { kind: 'moment', utc: '2026-02-01T00:00:00.000Z' },
  parent: 'E:\\case 17',
};
const every: CollectScript = {
  ...script,
  every: true,
  since: { kind: 'span', milliseconds: 2_592_000_000 },
};
const variants: readonly (readonly [string, CollectScript])[] = [
  ['the table', script],
  ['channels that were named', chosen],
  ['every channel', every],
];
const formats: readonly CollectFormat[] = ['powershell', 'cmd'];
const lf = (text: string): string => text.replaceAll('\r\n', '\n');

describe('both scripts', () => {
  it.each([
    ['powershell', 'collect.ps1'],
    ['cmd', 'collect.cmd'],
  ] as const)('%s is as it was reviewed', async (format, file) => {
    await expect(lf(collectScript(format, script))).toMatchFileSnapshot(`golden/${file}`);
  });

  const all = formats.flatMap(format => variants.map(([name, what]) => [format, name, what] as const));

  it.each(all)('%s with %s is ASCII with the line ends of Windows', (format, _, what) => {
    const text = collectScript(format, what);
    expect(text).toMatch(/^[\r\n\x20-\x7e]+$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each(all)('%s with %s leaves no placeholder', (format, _, what) => {
    expect(collectScript(format, what)).not.toMatch(/@[A-Z]+@/);
  });

  it.each(all)('%s with %s names the host rules that protect plants and people', (format, _, what) => {
    const text = collectScript(format, what);
    expect(text).toContain('Ask the control room first.');
    expect(text).toContain('It sends nothing anywhere');
    expect(text).not.toMatch(/Bypass|Unrestricted/i);
  });

  it('take the channels named instead of the table', () => {
    for (const format of formats) {
      const text = collectScript(format, chosen);
      expect(text).toContain('Microsoft-Windows-Windows Defender/Operational');
      expect(text).not.toContain('Sysmon/Operational');
    }
  });

  it('choose records by the XPath of the event log', () => {
    expect(sinceQuery(chosen.since)).toBe("*[System[TimeCreated[@SystemTime>='2026-02-01T00:00:00.000Z']]]");
    expect(sinceQuery(every.since)).toBe('*[System[TimeCreated[timediff(@SystemTime)<=2592000000]]]');
    expect(sinceQuery(null)).toBe('');
    // A literal of PowerShell doubles single quotes; `set "..."` takes all as it is.
    expect(collectScript('powershell', chosen)).toContain(
      "$query = '*[System[TimeCreated[@SystemTime>=''2026-02-01T00:00:00.000Z'']]]'",
    );
    expect(collectScript('cmd', every)).toContain(
      'set "QUERY=*[System[TimeCreated[timediff(@SystemTime)<=2592000000]]]"',
    );
  });
});

describe('the table of channels', () => {
  it('has every channel that a service of Sigma means', () => {
    const names = new Set(collectedChannels.map(({ name }) => name.toLowerCase()));
    const meant = [...new Set([...windowsServices.values()].flat())];
    expect(meant.filter(name => !names.has(name.toLowerCase()))).toEqual([
      // Traces for debugging: off by default, and while they are on Windows does not export them.
      'Microsoft-Windows-DNS-Server/Analytical',
      // Not whole names: those of its channels stand in the table, where there are any worth having.
      'Microsoft-Windows-Hyper-V-Worker',
      'Microsoft-Windows-Kernel-EventTracing',
      'Microsoft-Windows-Kernel-ShimEngine/Diagnostic',
      'Microsoft-Windows-LDAP-Client/Debug',
    ]);
  });
});

describe('what may stand in a script', () => {
  it('is any name of the table, each once', () => {
    const names = collectedChannels.map(({ name }) => name);
    expect(names.filter(name => !isChannelName(name))).toEqual([]);
    expect(new Set(names.map(name => name.toLowerCase())).size).toBe(names.length);
  });
  it.each([
    '',
    ' Security',
    'Security ',
    'a"b',
    "a'b",
    'a%b',
    'a&b',
    'a|b',
    'a^b',
    'a`b',
    'a$b',
    'a\nb',
    'a!b',
    'é',
  ])('is not the channel %j', name => expect(isChannelName(name)).toBe(false));
  it.each(['', 'E:\\', 'a"b', "a'b", 'a%TEMP%', 'a&b', 'a\n', 'a ', '$x', '`x', 'é'])(
    'is not the folder %j',
    path => expect(isFolderName(path)).toBe(false),
  );
  it.each(['.', 'E:', 'E:\\case 17', '\\\\server\\share$'.replace('$', ''), '..\\x'])(
    'is the folder %j',
    path => expect(isFolderName(path)).toBe(true),
  );
});

type Plain = { readonly code: string; readonly strings: readonly string[]; readonly open: string };

/** Takes strings and comments out of a script of PowerShell; `open` is what was not closed at its end. */
function withoutStrings(text: string): Plain {
  const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  const strings: string[] = [];
  let open = '';
  let code = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '#') {
      while (i < text.length && text[i] !== '\n') i++;
      code += '\n';
    } else if (char === "'" || char === '"') {
      const start = i + 1;
      for (i++; i < text.length; i++) {
        if (text[i] !== char) continue;
        if (text[i + 1] !== char) break;
        i++;
      }
      if (i >= text.length) return { code, strings, open: `${open}${char}` };
      strings.push(text.slice(start, i));
      code += '""';
    } else {
      if ('([{'.includes(char)) open += char;
      else if (char in pairs) {
        if (open.at(-1) !== pairs[char]) return { code, strings, open: `${open}${char}` };
        open = open.slice(0, -1);
      }
      code += char;
    }
  }
  return { code, strings, open };
}

const matches = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(found => found[1]!))].sort();

describe('the script for PowerShell', () => {
  const texts = variants.map(([, what]) => lf(collectScript('powershell', what)));

  it('closes every bracket and quote', () => {
    for (const text of texts) expect(withoutStrings(text).open).toBe('');
    expect(withoutStrings('@(1, "a)"').open).toBe('(');
  });

  it('runs only commands of a list', () => {
    const readers = ['Get-CimInstance', 'Get-Command', 'Get-FileHash', 'Get-Item', 'Get-Service'];
    const allowed = [
      ...readers,
      ...['Get-WinEvent', 'Get-WmiObject', 'Join-Path', 'New-Object', 'Write-Host'],
      ...['ForEach-Object', 'Where-Object'],
    ];
    for (const text of texts) {
      const { code } = withoutStrings(text);
      const own = matches(code, /^function ([A-Z][\w-]+)/gm);
      const used = matches(code, /(?<![\w.$[:-])([A-Z][a-zA-Z]+-[A-Z]\w+)/g);
      expect(used.filter(name => !own.includes(name) && !allowed.includes(name))).toEqual([]);
      // What stands where a command may stand is a keyword or one of those.
      const words = [
        'catch',
        'continue',
        'else',
        'elseif',
        'finally',
        'foreach',
        'function',
        'if',
        'return',
        'try',
      ];
      // Keys of the one literal dictionary.
      words.push('Code', 'Lines');
      const starts = matches(code, /(?:^|[|({;=]|\breturn\b|\belse\b)[ \t]*([A-Za-z][\w-]*)/gm);
      expect(starts.filter(name => ![...words, ...own, ...allowed].includes(name))).toEqual([]);
    }
  });

  it('calls only functions of .NET that read, but for making its folder and writing its manifest', () => {
    for (const text of texts) {
      const { code } = withoutStrings(text);
      expect(matches(code, /\]::(\w+)/g)).toEqual([
        ...['Administrator', 'CreateDirectory', 'CurrentTimeZone', 'GetCurrent'],
        ...['GetIPGlobalProperties', 'GetValue', 'InvariantCulture', 'NewGuid', 'Now', 'OpenRead'],
        ...['ToDateTime', 'ToString', 'UtcNow', 'WriteAllText'],
      ]);
      expect(matches(code, /\.(\w+)\(/g)).toEqual([
        ...['Add', 'Append', 'Close', 'ComputeHash', 'GetUnresolvedProviderPathFromPSPath', 'GetUtcOffset'],
        ...['IsInRole', 'Replace', 'ToCharArray', 'ToLowerInvariant', 'ToString', 'ToUniversalTime'],
      ]);
    }
  });

  it('starts only the programs of Windows that it says, with words that read', () => {
    for (const text of texts) {
      const { code } = withoutStrings(text);
      expect(matches(code, /(?<!>)& ?(\S+)/g)).toEqual(['$path']);
      expect(matches(text, /Read-Tool ('[^\n]*|\$\w+)/g).map(call => call.replace(/[)}].*$/, ''))).toEqual([
        "'auditpol.exe' @('/get', '/category:*', '/r'",
        "'w32tm.exe' $words",
        "'wevtutil.exe' $words",
        "'wevtutil.exe' @('el'",
      ]);
      expect(matches(text, /\$words \+?= ([^\n]*)/g)).toEqual([
        "'/q:' + $query }",
        "'/verbose' }",
        '@(\'/query\', "/$what")',
        "@('epl', $name, $path)",
      ]);
    }
  });

  it('uses nothing that makes code of text, hides or reaches out', () => {
    for (const text of texts) {
      const { code } = withoutStrings(text);
      expect(code).not.toMatch(
        /`|\b(?:iex|iwr|irm|Add-Type|Start-|Invoke-|Set-|Remove-|Clear-|New-Service|Stop-)/i,
      );
      expect(text).not.toMatch(/https?:|DownloadString|FromBase64|EncodedCommand/i);
    }
  });

  it('says its number in every part, since PowerShell logs a long script in pieces', () => {
    const parts = texts[0]!.split(script.id);
    expect(Math.max(...parts.slice(1, -1).map(part => part.length))).toBeLessThan(8000);
  });

  it('writes the keys that the schema of manifests has', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../../schema/manifest.schema.json', import.meta.url), 'utf8'),
    );
    const known = new Set<string>();
    JSON.stringify(schema, (_, value) => {
      if (typeof value === 'object' && value !== null && 'properties' in value) {
        for (const key of Object.keys(value.properties)) known.add(key);
      }
      return value;
    });
    const written = matches(texts[0]!, /\$\w+\['(\w+)'\] = /g);
    expect([...written, 'source', 'status'].sort()).toEqual([...known].sort());
  });
});

describe('the script for the command prompt', () => {
  const texts = variants.map(([, what]) => lf(collectScript('cmd', what)));
  const linesOf = (text: string): string[] =>
    text.split('\n').filter(line => line !== '' && !/^(?:rem\b|@echo off$|:)/.test(line));

  it('closes every quote and every bracket of a line', () => {
    for (const line of texts.flatMap(linesOf)) {
      expect([line, line.split('"').length % 2]).toEqual([line, 1]);
      const bare = line.replace(/"[^"]*"/g, '').replace(/^echo .*/, '');
      expect([line, bare.split('(').length]).toEqual([line, bare.split(')').length]);
    }
  });

  it('runs only commands of a list', () => {
    const commands = new Set<string>();
    for (const line of texts.flatMap(linesOf)) {
      // A command begins behind `do`, `if ...`, a redirection, `&`, a bracket; and between the quotes of a `for`.
      const parts = line.replace(/ in \([^']*?\) do /, ' do ').split(/ ?& ?| do \(?|\('|\^\| /);
      for (const part of parts) {
        const command = part
          .trim()
          .replace(
            /^(?:if (?:defined|not defined|not exist) \S+ |if (?:not )?"[^"]*"=="[^"]*" |if errorlevel 1 )+/,
            '',
          )
          .replace(/^>{1,2}"%MANIFEST%" /, '')
          .replace(/^for .*/, 'for')
          .replace(/'\)$/, '');
        const [word = '', verb = ''] = command.split(' ');
        if (word !== '') commands.add(word.includes('%') ? `${word} ${verb}` : word);
      }
    }
    expect([...commands].sort()).toEqual([
      ...['%CERTUTIL% -hashfile', '%FINDSTR% /r', '%REGISTRY% query', '%SYSTEM%\\auditpol.exe /get'],
      ...['%SYSTEM%\\w32tm.exe /query', '%WEVTUTIL% el', '%WEVTUTIL% epl', '%WEVTUTIL% gl', '%WEVTUTIL% gli'],
      ...['call', 'echo', 'exit', 'for', 'goto', 'mkdir', 'set', 'setlocal', 'ver'],
    ]);
  });

  it('writes only its manifest and, by wevtutil, below its folder', () => {
    for (const line of texts.flatMap(linesOf)) {
      const targets = matches(line.replace(/^set "QUERY=.*/, ''), /(?<![<>="'])>{1,2}(?!=)("[^"]*"|\S+)/g);
      expect(targets.filter(target => target !== '"%MANIFEST%"' && !/^nul\b/.test(target))).toEqual([]);
      if (/ epl /.test(line)) expect(line).toMatch(/ epl (?:"%CHANNEL%"|Application) "%FOLDER%\\%FILE%"/);
    }
  });

  it('goes only to labels that are there, and uses only variables that it sets', () => {
    for (const text of texts) {
      const labels = matches(text, /^:(\w+)$/gm);
      const used = matches(text, /(?:goto |call :)(\w+)/g);
      expect(used.filter(label => !labels.includes(label))).toEqual([]);
      const set = [...matches(text, /set "(\w+)=/g), 'COMPUTERNAME', 'ERRORLEVEL', 'RANDOM', 'SystemRoot'];
      const body = linesOf(text).join('\n');
      expect(matches(body, /(?<!%)%(\w+)(?::[^%]*)?%/g).filter(name => !set.includes(name))).toEqual([]);
    }
  });

  it('has no percent sign in its remarks, which would be taken for a variable', () => {
    for (const text of texts) {
      expect(text.split('\n').filter(line => line.startsWith('rem') && /[%^]/.test(line))).toEqual([]);
    }
  });

  it('keeps delayed expansion off, so that exclamation marks of the host stay', () => {
    for (const text of texts) expect(text).toContain('setlocal EnableExtensions DisableDelayedExpansion');
  });
});

describe('names that a user gives', () => {
  it('come out as they went in, or are refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), name => {
        if (!isChannelName(name)) return;
        const what = { ...script, channels: [name] };
        expect(withoutStrings(lf(collectScript('powershell', what))).strings).toContain(name);
        expect(lf(collectScript('cmd', what))).toContain(`\nset "CHANNEL=${name}"\n`);
      }),
    );
  });
});
