/**
 * Tells which findings the collection of the logs left itself: exporting a log is what intruders do too, and rules
 * say so. An event is a trace of the collection only if all of these hold: its host is the one that was collected;
 * it lies between start and end, give or take two minutes; and it carries the random words of that very run, in a
 * command that the script runs, in the script's own text, or in the name of a file that it wrote.
 *
 * Whoever watched the host while it was collected could have imitated that. So a trace is labelled and counted
 * apart, and never left out. Asked of findings only: costs one look at a cache where no manifest speaks of the host.
 */
import { type EventKind, fieldTexts, type LazyEvent } from '../../read/events/index.ts';

/** When and under which marks a host was collected. Plain data that crosses threads. */
export type CollectionWindow = {
  /** Names of the host, in lower case. */
  readonly hosts: readonly string[];
  /** Microseconds since 1970: the time in which its traces lie, both ends included. */
  readonly from: number;
  readonly to: number;
  /** Random word of the run, in lower case. */
  readonly marker: string;
  /** UUID in the text of the script, in lower case. */
  readonly scriptId: string;
};

export class CollectionTraces {
  readonly #windows: readonly CollectionWindow[];
  /** By kind of event: the windows of its host; empty for most. */
  readonly #ofKind: (readonly CollectionWindow[])[] = [];

  constructor(windows: readonly CollectionWindow[]) {
    this.#windows = windows;
  }

  has(event: LazyEvent): boolean {
    if (this.#windows.length === 0) return false;
    const { kind, micros } = event;
    const windows = this.#ofKind[kind.id] ?? this.#windowsOf(kind);
    return windows.some(window => micros >= window.from && micros <= window.to && isMarked(event, window));
  }

  #windowsOf({ id, host }: EventKind): readonly CollectionWindow[] {
    const name = host.toLowerCase();
    const windows = this.#windows.filter(({ hosts }) => hosts.includes(name));
    this.#ofKind[id] = windows;
    return windows;
  }
}

const SYSMON = 'microsoft-windows-sysmon/operational';
const powershellChannels: ReadonlySet<string> = new Set([
  'microsoft-windows-powershell/operational',
  'powershellcore/operational',
  'windows powershell',
]);

/** Whether the event carries the marks of the run where its script would have put them. */
function isMarked(event: LazyEvent, window: CollectionWindow): boolean {
  const channel = event.kind.channel.toLowerCase();
  const { eventId } = event.kind;
  if (channel === 'security') {
    return eventId === 4688 && isOwnProcess(event, 'NewProcessName', window.marker);
  }
  if (channel === SYSMON) {
    if (eventId === 1) return isOwnProcess(event, 'Image', window.marker);
    return eventId === 11 && textsOf(event, 'TargetFilename').some(path => isOwnFile(path, window.marker));
  }
  if (!powershellChannels.has(channel)) return false;
  return ['ScriptBlockText', 'Payload', 'Data'].some(name =>
    textsOf(event, name).some(text => text.includes(window.scriptId) || text.includes(window.marker)),
  );
}

/** Texts of a field, in lower case. */
function textsOf(event: LazyEvent, name: string): string[] {
  const field = event.shape.byName.get(name);
  return field === undefined ? [] : fieldTexts(event, field).map(text => text.toLowerCase());
}

/** A process whose command line and program are those of a command that the script runs. */
function isOwnProcess(event: LazyEvent, imageField: string, marker: string): boolean {
  const [line = ''] = textsOf(event, 'CommandLine');
  const [image = ''] = textsOf(event, imageField);
  if (!line.includes(marker)) return false;
  const program = ownProgram(line);
  return program !== null && image.endsWith(`\\${program}`);
}

const direct =
  /^"?[a-z]:\\[a-z0-9]{1,32}\\(?:system32|syswow64)\\(wevtutil|certutil)\.exe"? {1,4}(epl|gli|-hashfile) /;
/** What `for /f` of a batch file runs a command with. */
const shell = /^"?[a-z]:\\[a-z0-9]{1,32}\\(?:system32|syswow64)\\cmd\.exe"? {1,4}\/c /;
const verbs: Readonly<Record<string, readonly string[]>> = {
  wevtutil: ['epl', 'gli'],
  certutil: ['-hashfile'],
};

/** Name of the program that a line of the scripts starts; null for any other line, however like it. */
function ownProgram(line: string): string | null {
  const shelled = shell.exec(line);
  const command = shelled === null ? line : line.slice(shelled[0].length);
  const found = direct.exec(command);
  if (found === null || !verbs[found[1]!]!.includes(found[2]!)) return null;
  if (shelled === null) return `${found[1]}.exe`;
  // A shell would run what stands behind one of these.
  return /[&|<>^%\n]/.test(command) ? null : 'cmd.exe';
}

/** An exported log or the manifest, directly in the folder of the run. */
function isOwnFile(path: string, marker: string): boolean {
  const [folder = '', name = ''] = path.split('\\').slice(-2);
  return (
    folder.startsWith('huntaway-') && folder.endsWith(marker) && /\.evtx$|^manifest\.(?:json|txt)$/.test(name)
  );
}
