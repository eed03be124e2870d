/** What holds for the program as a whole and stands in no command: for its help and its manual page. */

type Entry = readonly [term: string, meaning: string];

export const summary =
  'Hunts intruders who live off the land: Windows event logs through every Sigma rule, offline.';

export const exitCodes: readonly Entry[] = [
  ['0', 'finished; of verify: all is unchanged'],
  [
    '1',
    'finished, and what the run was asked to fail on is there: a finding at or above --fail-on, a changed or missing file, a problem that would stop a hunt',
  ],
  ['2', 'could not run: one line on standard error says why'],
  ['3', 'finished, but something was unread, damaged or could not be checked'],
  ['130', 'interrupted; what was found until then is kept'],
];

export const environment: readonly Entry[] = [
  ['NO_COLOR', 'if set and not empty, no colours (--color wins)'],
  ['FORCE_COLOR', 'if set and not empty, 0 or false, colours also where there is no terminal'],
  ['HUNTAWAY_MEMORY_PASSPHRASE', 'the passphrase of an encrypted memory'],
  ['XDG_CACHE_HOME', 'where the cache folder lies on Linux and other Unix systems, if not in ~/.cache'],
  ['LOCALAPPDATA', 'the same on Windows'],
  ['TMPDIR', 'the folder for findings that wait and for inner archives (Windows: TEMP)'],
];

export const files: readonly Entry[] = [
  ['~/.cache/huntaway/rules-*.cache', 'compiled rules; removing them costs the next hunt a second or two'],
  ['DIR/findings.jsonl', 'findings of hunt --out DIR, one JSON object a line'],
  ['DIR/ledger.json', 'what that hunt did with each rule, file and channel'],
  ['DIR/run.json', 'the record of the run, with the hashes of all that went in and came out'],
];
