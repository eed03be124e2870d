/**
 * A verification for a person: every file on a line, what is wrong after what is not, then the account and how far
 * it can be believed. Paths are never cut: whoever is told of a changed file must be able to copy its name.
 */
import { grouped, plain, type Style, style, type TableOptions, wrap } from '../terminal/index.ts';
import {
  type CheckedFile,
  type FileKind,
  type FileStatus,
  fileKinds,
  fileStatuses,
  type RulesStatus,
  type Verification,
} from './types.ts';

export * from './types.ts';

const words: Readonly<Record<FileStatus, string>> = {
  unchanged: 'unchanged',
  changed: 'changed',
  missing: 'missing',
  unreadable: 'unreadable',
  'never-hashed': 'no hash',
  'not-read': 'not read',
  unchecked: 'unchecked',
};

const rows: Readonly<Record<FileKind, string>> = {
  log: 'logs',
  member: 'members',
  archive: 'archives',
  output: 'outputs',
  option: 'options',
  other: 'others',
};

const rulesWords: Readonly<Record<RulesStatus, string>> = {
  same: 'the same as then',
  different: 'not the same as then (no error of evidence: rules are revised)',
  missing: 'no longer where they were; not compared',
  none: 'none were given',
  unchecked: 'not compared',
};

const advisoryWords: Readonly<Record<RulesStatus, string>> = {
  ...rulesWords,
  different: 'not the same as then (no error of evidence: advisories are revised)',
};

const CLAIM =
  '"Unchanged" means: since Huntaway read it for this hunt, according to run.json. Whoever can change a file can ' +
  'change run.json as well.';
const REMEDY =
  'Compare this hash with one that was written down elsewhere when the hunt ended, or give that one with --expect.';

export function renderVerification(result: Verification, { width, color }: TableOptions): string {
  const paint = style(color);
  const sorted = [...result.files].sort((a, b) => rank(a) - rank(b));
  const lines = [
    ...sorted.flatMap(file => fileLines(file, width, paint)),
    '',
    ...fileKinds.flatMap(kind => countLine(kind, result.files)),
    row('rules', rulesWords[result.rules.status]),
    ...result.advisories.map(({ id, status }) => row('advisory', `${plain(id)}: ${advisoryWords[status]}`)),
    ...(result.notes.length > 0 ? [''] : []),
    ...result.notes.flatMap(note => paragraph(plain(note), width)),
    '',
    ...paragraph(huntWords(result), width),
    '',
    'SHA-256 of run.json',
    `  ${paint.bold(result.record.sha256)}`,
    ...expectedLines(result, width, paint),
    ...paragraph(CLAIM, width),
  ];
  return `${lines.join('\n')}\n`;
}

/** Lines of text without the indent that marks a line as going on. */
function paragraph(text: string, width: number): string[] {
  return wrap(text, width).map(line => line.trimStart());
}

/** What is unchanged comes first, because the end of long output is what is seen. */
function rank({ status }: CheckedFile): number {
  const order = status === 'not-read' ? 0.5 : fileStatuses.indexOf(status);
  return status === 'changed' || status === 'missing' ? order + 10 : order;
}

function paintStatus(status: FileStatus, text: string, paint: Style): string {
  if (status === 'changed' || status === 'missing') return paint.level('high', text);
  return status === 'unchanged' || status === 'not-read' ? paint.dim(text) : paint.level('medium', text);
}

const INDENT = ' '.repeat(12);

function fileLines(file: CheckedFile, width: number, paint: Style): string[] {
  const word = words[file.status];
  const first = `${paintStatus(file.status, word, paint)}${' '.repeat(12 - word.length)}${rows[file.kind].replace(/s$/, '').padEnd(9)}${plain(file.path)}`;
  const { recorded, now } = file.sha256;
  const hashes = file.status === 'changed' && recorded !== null && now !== null;
  return [
    first,
    ...(file.message === null ? [] : wrap(INDENT + plain(file.message), width)),
    ...(hashes ? [`     then  ${recorded}`, `      now  ${now}`] : []),
  ];
}

function row(name: string, text: string): string {
  return `${name.padEnd(10)}${text}`;
}

function countLine(kind: FileKind, files: readonly CheckedFile[]): string[] {
  const own = files.filter(file => file.kind === kind);
  if (own.length === 0) return [];
  const parts = fileStatuses.flatMap(status => {
    const count = own.filter(file => file.status === status).length;
    return count === 0 ? [] : [`${grouped(count)} ${words[status]}`];
  });
  return [row(rows[kind], parts.length === 1 ? parts[0]! : `${grouped(own.length)}: ${parts.join(', ')}`)];
}

function huntWords({ hunt }: Verification): string {
  const who = hunt.operator === null ? '' : ` by ${plain(hunt.operator)}`;
  const cut = hunt.interrupted ? '; it was interrupted' : '';
  return `Hunt of ${plain(hunt.started)}${who} with ${plain(hunt.tool)}${cut}`;
}

function expectedLines({ record }: Verification, width: number, paint: Style): string[] {
  if (record.expected === null) return [...paragraph(REMEDY, width), ''];
  if (record.expected === record.sha256) return ['It is the one expected.', ''];
  return [
    paint.level('high', 'It is NOT the one expected, so what is said above proves nothing:'),
    `  ${record.expected}`,
    '',
  ];
}
