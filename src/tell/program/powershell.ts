/** Completion for PowerShell 5 and newer. Where nothing is offered PowerShell completes names of files itself. */
import { type Filling, type Place, placesOf, type Word } from './places.ts';
import type { ProgramTable } from './types.ts';

/** In single quotes; PowerShell takes typographic quotes for quotes too. */
const quote = (text: string): string => `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;

/** A word and its tooltip, which must not be empty. */
const pair = ({ word, help }: Word): string => `${quote(word)}, ${quote(help === '' ? word : help)}`;

export function powershellCompletion(table: ProgramTable): string {
  const { name } = table;
  const places = placesOf(table);
  const nodes = places.filter(({ path }) => path !== '').map(({ path }) => quote(path));
  return `# Completion of ${name} for PowerShell. Load it in $PROFILE:
#   ${name} completions powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName ${quote(name)} -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.ToString() })
    $nodes = @(${nodes.join(', ')})
    $path = ''
    foreach ($word in ($before | Select-Object -Skip 1)) {
        $next = "$path $word".Trim()
        if ($nodes -ccontains $next) { $path = $next } else { break }
    }
    $last = if ($before.Count -gt 1) { $before[-1] } else { '' }
    $isValue = $true
    $found = @(switch -CaseSensitive -Exact ("$path $last") {
${places.flatMap(valueCases).join('\n')}
        default { $isValue = $false }
    })
    if (-not $isValue) {
        $kind = if ($wordToComplete.StartsWith('-')) { 'flags' } else { 'words' }
        $found = @(switch -CaseSensitive -Exact ("$kind $path") {
${places.flatMap(placeCases).join('\n')}
        })
    }
    foreach ($pair in $found) {
        if (-not $pair[0].StartsWith($wordToComplete)) { continue }
        [System.Management.Automation.CompletionResult]::new($pair[0], $pair[0], 'ParameterValue', $pair[1])
    }
}
`;
}

function offered(filling: Filling): string {
  return filling.kind === 'words' ? listOf(filling.words) : '';
}

/** Each pair behind a comma, or PowerShell would join all of them into one list. */
function listOf(words: readonly Word[]): string {
  return words.length === 0 ? '' : words.map(word => `, @(${pair(word)})`).join('; ');
}

function valueCases({ path, flags }: Place): string[] {
  return flags.flatMap(({ names, argument }) =>
    argument === null
      ? []
      : names.map(name => `        ${quote(`${path} ${name}`)} { ${offered(argument.filling)} }`),
  );
}

function placeCases({ path, flags, words }: Place): string[] {
  const own = flags.flatMap(({ names, help }) => names.map(word => ({ word, help })));
  return [
    `        ${quote(`flags ${path}`)} { ${listOf(own)} }`,
    ...(words?.filling.kind === 'words'
      ? [`        ${quote(`words ${path}`)} { ${listOf(words.filling.words)} }`]
      : []),
  ];
}
