/**
 * Which sources show a behaviour whole, and which only one of its forms. A pack may say it of a source (`shows`). Where it
 * does not: what is done by command shows whole in process starts, and every other source of it shows a trace that some
 * forms leave and others do not (a file under a usual name, a script, a service). Where a behaviour needs no process
 * starts, each of its sources shows it whole, but for scripts beside other sources.
 */
import type { Behaviour, NeededSource } from '../../know/advisories/index.ts';
import { powershell, powershellClassic, security, sysmon } from '../../know/logsources/index.ts';
import { fold } from '../../read/events/index.ts';
import type { AskedSource } from './sources.ts';

export type Shown = { readonly source: AskedSource; readonly isWhole: boolean };

/** Sources of a behaviour among those given (of a host's kind). Where none shows it whole, those there are have to do. */
export function shownBy(behaviour: Behaviour, sources: readonly AskedSource[]): readonly Shown[] {
  const isByCommand = behaviour.sources.some(isProcessStart);
  const isByScript = behaviour.sources.every(isScript);
  const isWhole = (source: NeededSource): boolean => {
    if (source.shows !== undefined) return source.shows === 'whole';
    return isByCommand ? isProcessStart(source) : isByScript || !isScript(source);
  };
  const shown = sources.map(each => ({ source: each, isWhole: isWhole(each.source) }));
  return shown.some(({ isWhole }) => isWhole) ? shown : shown.map(each => ({ ...each, isWhole: true }));
}

const scripts: ReadonlySet<string> = new Set([...powershell, powershellClassic].map(fold));

function isScript({ channel }: NeededSource): boolean {
  return scripts.has(fold(channel));
}

function isProcessStart({ channel, eventIds }: NeededSource): boolean {
  const name = fold(channel);
  return (
    (name === fold(security) && eventIds.includes(4688)) || (name === fold(sysmon) && eventIds.includes(1))
  );
}
