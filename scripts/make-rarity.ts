/**
 * Makes `src/match/literals/common-keys.ts`: the three-character sequences that are common in Windows logs, with
 * the logarithm of how common they are. The literal index files each literal under its rarest one.
 *
 * What it counts is written down here (paths, command lines and names that any Windows host logs, by hand) and the
 * literals of a folder of Sigma rules, which say what kind of words logs hold. No log is read: the benchmark would
 * flatter itself.
 *
 * Usage: node build/scripts/make-rarity.js RULES_DIRECTORY
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadParser, type Plan } from '../src/know/sigma/index.ts';

/** Everyday lines by how often they are seen, roughly. */
const everyday: readonly (readonly [weight: number, text: string])[] = [
  [60, 'c:\\windows\\system32\\'],
  [40, 'c:\\windows\\system32\\svchost.exe -k netsvcs -p -s schedule'],
  [30, 'c:\\windows\\syswow64\\'],
  [30, 'c:\\program files\\microsoft office\\root\\office16\\winword.exe'],
  [30, 'c:\\program files (x86)\\google\\chrome\\application\\chrome.exe --type=renderer --field-trial-handle='],
  [20, 'c:\\program files (x86)\\microsoft\\edge\\application\\msedge.exe --type=utility --lang=en-us'],
  [20, 'c:\\programdata\\microsoft\\windows defender\\platform\\msmpeng.exe'],
  [40, 'c:\\users\\administrator\\appdata\\local\\temp\\'],
  [30, 'c:\\users\\user\\appdata\\roaming\\microsoft\\windows\\start menu\\programs\\startup\\'],
  [20, 'c:\\users\\public\\documents\\desktop\\downloads\\'],
  [30, 'c:\\windows\\explorer.exe'],
  [30, 'c:\\windows\\system32\\cmd.exe /c "'],
  [30, 'c:\\windows\\system32\\windowspowershell\\v1.0\\powershell.exe -executionpolicy bypass -noprofile -file '],
  [20, 'c:\\windows\\system32\\wbem\\wmiprvse.exe -secured -embedding'],
  [15, 'c:\\windows\\system32\\rundll32.exe shell32.dll,control_rundll'],
  [15, 'c:\\windows\\system32\\services.exe lsass.exe winlogon.exe wininit.exe csrss.exe smss.exe'],
  [15, 'c:\\windows\\system32\\taskhostw.exe backgroundtaskhost.exe runtimebroker.exe -embedding'],
  [15, 'c:\\windows\\system32\\conhost.exe 0xffffffff -forcev1'],
  [15, '\\??\\c:\\windows\\system32\\conhost.exe 0x4'],
  [15, 'c:\\windows\\system32\\dllhost.exe /processid:{ab8902b4-09ca-4bb6-b78d-a8f59079a8d5}'],
  [10, 'c:\\windows\\system32\\searchindexer.exe searchprotocolhost.exe searchfilterhost.exe'],
  [10, 'c:\\windows\\microsoft.net\\framework64\\v4.0.30319\\mscorlib.dll clr.dll clrjit.dll'],
  [10, 'c:\\windows\\assembly\\nativeimages_v4.0.30319_64\\system.management.automation.dll'],
  [10, 'c:\\windows\\winsxs\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0\\tiworker.exe'],
  [10, 'c:\\windows\\temp\\ c:\\windows\\tasks\\ c:\\windows\\prefetch\\ c:\\windows\\softwaredistribution\\download\\'],
  [15, 'c:\\windows\\system32\\ntdll.dll kernel32.dll kernelbase.dll advapi32.dll user32.dll rpcrt4.dll msvcrt.dll'],
  [10, 'c:\\windows\\system32\\drivers\\etc\\hosts tcpip.sys'],
  [10, 'system32\\winevt\\logs\\security.evtx application.evtx system.evtx'],
  [20, 'hklm\\system\\currentcontrolset\\services\\tcpip\\parameters\\interfaces\\'],
  [20, 'hklm\\software\\microsoft\\windows\\currentversion\\run\\ explorer\\shell folders policies\\system'],
  [15, 'hklm\\software\\microsoft\\windows nt\\currentversion\\image file execution options\\winlogon\\'],
  [10, 'hklm\\software\\wow6432node\\microsoft\\ hklm\\software\\classes\\clsid\\{00000000-0000-0000-0000-000000000000}\\inprocserver32\\(default)'],
  [15, 'hku\\s-1-5-21-1004336348-1177238915-682003330-1001\\software\\microsoft\\windows\\currentversion\\explorer\\'],
  [10, 'hklm\\system\\currentcontrolset\\control\\lsa\\ \\enum\\ \\start \\imagepath \\displayname'],
  [10, 'dword (0x00000001) binary data qword'],
  [20, 'microsoft corporation microsoft\u00ae windows\u00ae operating system windows host process'],
  [20, 'nt authority\\system nt authority\\network service nt authority\\local service'],
  [10, 'microsoft-windows-security-auditing microsoft-windows-sysmon microsoft-windows-powershell'],
  [10, 'sha1= md5= sha256= imphash= 0123456789abcdef00112233445566778899aabbccddeeff'],
  [10, '00 01 02 03 10 11 12 20 2019-01-01 2020-12-31 2021 2022 2023 10:20:30.123'],
  [10, 'workgroup domain localhost 127.0.0.1 192.168.1.1 10.0.0.1 desktop- server'],
  [10, 'function param( [parameter(mandatory=$true)] [string] $null $true $false $_. if ( ) { } else { return foreach'],
  [10, 'write-host write-output get-item new-object set-item get-childitem select-object where-object import-module'],
  [10, 'invoke-command invoke-expression -computername -scriptblock -argumentlist -erroraction silentlycontinue'],
  [10, 'begin process end try { } catch { throw } # .synopsis .description .parameter .example'],
  [10, 'hostname= hostversion= hostid= hostapplication= engineversion= runspaceid= pipelineid= commandname='],
  [10, '5.1.17763.1 10.0.19041.1 (winbuild.160101.0800)'],
  [10, '.exe .dll .log .tmp .txt .lnk .ps1 .bat .xml .dat .sys .ini .evtx .zip .pf .db'],
  [10, 'update install setup service manager user file system data process application program windows'],
  [5, 'http://www. https:// .com/ .microsoft.com .windowsupdate.com .local .net'],
  [5, 'system.collections.generic system.diagnostics system.io.file system.text.encoding'],
  [5, 'the and for this that with from not are was you can your'],
];

/** Everything in a plan that is text, folded. */
function literalsIn(plan: Plan): string[] {
  if (plan.op === 'and' || plan.op === 'or') return plan.nodes.flatMap(literalsIn);
  if (plan.op === 'not' || plan.op === 'named') return literalsIn(plan.node);
  if (plan.op !== 'field' && plan.op !== 'keyword') return [];
  if (plan.test.kind !== 'text') return [];
  return plan.test.any.flatMap(pattern => pattern.filter(part => typeof part === 'string'));
}

const counts = new Map<string, number>();
function count(text: string, weight: number): void {
  for (let i = 0; i + 3 <= text.length; i++) {
    const key = text.slice(i, i + 3);
    if (/^[\x20-\x7e]{3}$/.test(key)) counts.set(key, (counts.get(key) ?? 0) + weight);
  }
}

const directory = process.argv[2];
if (directory === undefined) throw new Error('say which folder of rules');
for (const [weight, text] of everyday) count(text.toLowerCase(), weight);
// A word that a hundred rules name is no more than a common word: the square root keeps them below everyday ones.
const words = new Map<string, number>();
const { parseRules } = await loadParser();
for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!name.endsWith('.yml')) continue;
  const path = join(directory, name);
  for (const document of await parseRules(readFileSync(path, 'utf8'), path)) {
    if (document.kind !== 'rule') continue;
    for (const text of new Set(literalsIn(document.plan))) words.set(text, (words.get(text) ?? 0) + 1);
  }
}
for (const [text, times] of words) count(text, Math.sqrt(times));

const most = 1500;
const common = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most);
const byScore = new Map<number, string[]>();
for (const [key, times] of common) {
  const score = Math.max(1, Math.min(9, Math.round(Math.log2(times)) - 1));
  byScore.set(score, [...(byScore.get(score) ?? []), key]);
}
const lines = [...byScore]
  .sort(([a], [b]) => b - a)
  .map(([score, keys]) => `  [${score}, ${JSON.stringify(keys.sort().join(''))}],`);
writeFileSync(
  new URL('../../src/match/literals/common-keys.ts', import.meta.url),
  `/**
 * Three-character sequences that are common in Windows logs, by the logarithm of how common they are; what is not here
 * is rare. Made by \`scripts/make-rarity.ts\` from a hand-made list and the words of Sigma rules: from no log.
 */
// biome-ignore format: a table
export const commonKeys: readonly (readonly [score: number, keys: string])[] = [
${lines.join('\n')}
];
`,
);
console.log(`${counts.size} sequences, ${common.length} kept, least ${common.at(-1)?.join(' ')}`);
