/**
 * Hands on a keyboard: does a person type here, or does a script run? Asked only of the commands of one logon that holds
 * evidence already, never to compare people, and nothing of it is kept.
 *
 * Rhythm is what decides: commands come after gaps in which a person could have read, decided and typed, and the gaps
 * differ as those of people do (bursts and pauses: A.-L. Barabási, "The origin of bursts and heavy tails in human
 * dynamics", Nature 435, 2005). A loop has gaps of milliseconds, a schedule has equal ones. Only where the rhythm is human do
 * three other signs count, each for a fifth: corrections of typing mistakes, different tools, an interactive shell as parent.
 * No number in here was fitted to anything; the recorded benign burst (119 programs in 36 s) scores near 0 for its gaps.
 */
import type { Fact } from '../../read/entities/index.ts';
import { medianOf } from './recurrence.ts';
import { isCorrection, leastTypingTime } from './typing.ts';

export type Hands = {
  /** 0 to 1; 0 where there is too little to tell. */
  readonly score: number;
  /** Sentences for people. */
  readonly reasons: readonly string[];
};

/** Fewer commands show no rhythm. */
const FEWEST = 4;
/** After a longer gap it is another sitting: it says nothing of how fast somebody types. */
const PAUSE = 1800;
/** A mistake is corrected at once or not at all. */
const CORRECTED_WITHIN = 300;
/** Gaps that differ by less than this share of their median are those of a timer. */
const EVEN = 0.1;
const MANY_TOOLS = 5;

/** Of the process starts among `facts`, which are those of one logon in order of time. */
export function handsOnKeyboard(facts: readonly Fact[]): Hands {
  const commands = typedCommands(facts);
  if (commands.length < FEWEST) {
    return {
      score: 0,
      reasons: [`only ${commands.length} commands: too few to tell a person from a script`],
    };
  }
  const rhythm = rhythmOf(commands);
  const corrections = commands.filter((each, i) => i > 0 && corrects(commands[i - 1]!, each)).length;
  const tools = new Set(commands.map(({ values }) => programOf(values.image ?? values.commandLine ?? '')))
    .size;
  const shells = commands.filter(({ values }) =>
    isInteractiveShell(values.parentImage, values.parentCommandLine),
  );
  const signs =
    0.4 +
    0.2 * Math.min(1, corrections) +
    0.2 * Math.min(1, (tools - 1) / (MANY_TOOLS - 1)) +
    0.2 * (shells.length / commands.length);
  return {
    score: Math.round(100 * rhythm.share * signs) / 100,
    reasons: [
      rhythm.reason,
      ...(corrections > 0 && rhythm.share > 0
        ? [`${times(corrections)} a command was typed again with a mistake corrected`]
        : []),
      `${tools} different tools in ${commands.length} commands`,
      ...(shells.length > 0
        ? [`${shells.length} of ${commands.length} commands came out of an interactive shell`]
        : []),
    ],
  };
}

/** What somebody may have typed: not what a command started in turn (`net` starts `net1`), and no console window. */
function typedCommands(facts: readonly Fact[]): Fact[] {
  const started = new Map<number, Fact>();
  const typed: Fact[] = [];
  for (const fact of facts) {
    if (fact.type !== 'process-start') continue;
    const { pid, parentPid, image, commandLine } = fact.values;
    const parent = parentPid === undefined ? undefined : started.get(parentPid);
    if (pid !== undefined) started.set(pid, fact);
    if (programOf(image ?? commandLine ?? '') === 'conhost') continue;
    if (parent === undefined || isInteractiveShell(parent.values.image, parent.values.commandLine))
      typed.push(fact);
  }
  return typed;
}

type Rhythm = { readonly share: number; readonly reason: string };

function rhythmOf(commands: readonly Fact[]): Rhythm {
  const gaps: number[] = [];
  let human = 0;
  for (let i = 1; i < commands.length; i++) {
    const gap = (commands[i]!.micros - commands[i - 1]!.micros) / 1e6;
    if (gap > PAUSE) continue;
    gaps.push(gap);
    if (gap >= leastTypingTime(commands[i]!.values.commandLine ?? '')) human++;
  }
  if (gaps.length < FEWEST - 1)
    return { share: 0, reason: 'the commands lie too far apart to show a rhythm' };
  const median = medianOf(gaps);
  const middle = `half of the gaps are under ${secondsText(median)}`;
  const spread = 1.4826 * medianOf(gaps.map(gap => Math.abs(gap - median)));
  if (human > 0 && spread < EVEN * median)
    return {
      share: 0,
      reason: `the gaps between commands are even, as those of a timer (${secondsText(median)})`,
    };
  const share = human / gaps.length;
  const reason =
    share >= 0.5
      ? `${human} of ${gaps.length} gaps between commands are long enough for a person to type, and they differ (${middle})`
      : `only ${human} of ${gaps.length} gaps between commands are long enough for a person to type (${middle})`;
  return { share, reason };
}

function corrects(before: Fact, after: Fact): boolean {
  if (after.micros - before.micros > CORRECTED_WITHIN * 1e6) return false;
  return isCorrection(before.values.commandLine ?? '', after.values.commandLine ?? '');
}

const shells: ReadonlySet<string> = new Set(['cmd', 'powershell', 'pwsh', 'bash']);

/** A shell that was given nothing to run: whatever it runs came later. */
function isInteractiveShell(image: string | undefined, commandLine: string | undefined): boolean {
  if (!shells.has(programOf(image ?? commandLine ?? ''))) return false;
  return !/(?:^|\s)(?:\/[cr]|-c|-e[ncodedmand]*|-f(?:ile)?|-command)(?:\s|$)|\.(?:ps1|bat|cmd)\b/i.test(
    commandLine ?? '',
  );
}

function programOf(written: string): string {
  const program = /^"?([^"]{0,1024})/.exec(written)![1]!;
  const path = program.toLowerCase();
  return path
    .slice(path.lastIndexOf('\\') + 1)
    .split(' ')[0]!
    .replace(/\.exe$/, '');
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function secondsText(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${Math.round(seconds)} s`;
}
