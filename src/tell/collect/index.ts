/** The scripts that collect a host's logs: text for a person to review and run. Nothing here runs anything. */
import { cmdScript } from './cmd.ts';
import type { CollectScript } from './options.ts';
import { powershellScript } from './powershell.ts';

export { type CollectedChannel, collectedChannels } from './channels.ts';
export { type CollectScript, isChannelName, isFolderName, type Since } from './options.ts';

/** As in `--format`. */
export type CollectFormat = 'powershell' | 'cmd';

const scripts: Readonly<Record<CollectFormat, (script: CollectScript) => string>> = {
  powershell: powershellScript,
  cmd: cmdScript,
};

/** The whole script with Windows' line ends, ASCII only: right in every code page and without a byte order mark. */
export function collectScript(format: CollectFormat, script: CollectScript): string {
  return scripts[format](script).replaceAll('\n', '\r\n');
}
