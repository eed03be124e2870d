/** The words at the head of both scripts: what it does, what it does not do, how to review, run and bring it back. */
import type { CollectScript } from './options.ts';

/**
 * Lines without the sign of a comment. `folder` is how its folder is named, `run` how it is started, `tools` the
 * programs it runs.
 */
export function heading(
  script: CollectScript,
  how: { readonly folder: string; readonly run: readonly string[]; readonly tools: readonly string[] },
): string[] {
  return [
    'Huntaway: collect the event logs of this host',
    '=============================================',
    `Printed by ${script.generator} at ${script.printed}. Script ${script.id}.`,
    '',
    'WHAT IT DOES',
    '  Exports event log channels (wevtutil epl), hashes each file with SHA-256, and writes beside them a',
    '  manifest: which host, which clock, what was logged and for how long, what could not be had.',
    `  Everything goes into one new folder, ${how.folder}, below:`,
    `    ${script.parent}`,
    '',
    'WHAT IT DOES NOT DO',
    '  It changes no setting, clears and deletes nothing, stops and starts nothing, installs nothing.',
    '  It sends nothing anywhere, and asks no other host. It writes only below its folder.',
    '  Its commands leave traces in the logs of this host, as every command does: the marker in the name of',
    '  the folder and the number of the script above let a hunt tell them from those of others.',
    '',
    'HOW TO REVIEW IT',
    '  Read it: it is short. It runs these programs and no others:',
    ...how.tools.map(tool => `    ${tool}`),
    '  Endpoint protection may ask about exports of logs: tell those who watch it before you run this.',
    '',
    'HOW TO RUN IT',
    '  As an administrator: without, the Security log cannot be read; what was refused stands in the manifest.',
    '  Check that the disk has room: the logs it exports are as large again as they are now.',
    '  Better another volume than that of the logs, so that free space on this one is not written over.',
    ...how.run.map(line => `  ${line}`),
    '',
    'ON PLANT NETWORKS (OT)',
    '  Ask the control room first. Do not run it on controllers or operator stations (HMI) without the word of',
    '  their vendor: exporting a large log costs disk and processor time for minutes.',
    '',
    'HOW TO BRING IT BACK',
    '  Copy the whole folder as it is, or pack it into a zip, and give it to: huntaway hunt FOLDER --rules RULES',
    '  The manifest must stay beside the logs. Keep the SHA-256 of the manifest that is shown at the end apart',
    '  from the folder: it vouches for all the others.',
  ];
}
