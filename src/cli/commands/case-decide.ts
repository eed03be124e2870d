/** `huntaway case ask`, `confirm` and `dismiss`: three decisions, one form. */
import { colorChoice, flag, text } from '../given.ts';
import { UsageError } from '../usage.ts';
import { choice, moment } from '../values.ts';
import { caseFormat, caseFormats, cases, huntFolder } from './case-flags.ts';
import type { Command, Flag } from './command.ts';
import { talkFlags } from './flags.ts';

type Decided = {
  readonly decision: 'ask' | 'confirm' | 'dismiss';
  readonly summary: string;
  readonly description: string;
  readonly examples: Command['examples'];
  readonly flags: readonly Flag[];
  /** Whether a reason has to be given. */
  readonly needsReason: boolean;
};

const by: Flag = {
  name: 'by',
  argument: 'NAME',
  help: 'who decides; it is recorded',
  group: 'Site',
};

const reason: Flag = {
  name: 'reason',
  argument: 'TEXT',
  help: 'why, in words that another person understands in a year',
  group: 'Site',
};

const until: Flag = {
  name: 'until',
  argument: 'TIME',
  help: 'a dismissal counts until then, and the intrusion is open again: RFC 3339 or a date',
  default: 'without end',
  group: 'Site',
};

const account: Flag = {
  name: 'account',
  argument: 'ACCOUNT',
  help: 'whose owner is asked',
  default: 'the first account of the intrusion',
  group: 'Site',
};

function decisionCommand({ decision, needsReason, flags, ...told }: Decided): Command {
  return {
    name: `case ${decision}`,
    arguments: '<id>',
    ...told,
    flags: [huntFolder, cases, by, reason, ...flags, caseFormat, ...talkFlags],
    async run([id], given) {
      const who = text(given, 'by')?.trim() ?? '';
      const why = text(given, 'reason')?.trim() ?? '';
      if (who === '') throw new UsageError('--by is missing: say who decides');
      if (needsReason && why === '')
        throw new UsageError('--reason is missing: say why, for those who come later');
      const end = flag(given, 'until', value => moment('until', value, Date.now() * 1000, true));
      const [{ decideCase }, { processIo }] = await Promise.all([
        import('../../run/cases/index.ts'),
        import('../stdio.ts'),
      ]);
      const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
      return decideCase(
        {
          decision,
          id: id!,
          hunt: text(given, 'hunt') ?? '.',
          cases: text(given, 'cases'),
          by: who,
          reason: why,
          until: end,
          account: text(given, 'account'),
          format: flag(given, 'format', value => choice('format', caseFormats, value)) ?? 'text',
        },
        io,
      );
    },
  };
}

export const caseAsk: Command = decisionCommand({
  decision: 'ask',
  summary: 'word a neutral question for the owner of an account, and record that it was asked',
  description:
    'Words a question for the owner of an account, to be read out by phone: what was seen and whether it was them, without ' +
    'accusing anybody or telling what else is known. That it was asked is recorded with the intrusion.',
  examples: [
    ['huntaway case ask 3f9c --hunt ./out --by "J. Smith"', 'the owner of the first account'],
    ["huntaway case ask 3f9c --hunt ./out --by 'J. Smith' --account 'WAIRUA\\svc_backup'", 'of another one'],
  ],
  flags: [account],
  needsReason: false,
});

export const caseConfirm: Command = decisionCommand({
  decision: 'confirm',
  summary: 'declare an intrusion an incident, which sets the time of awareness',
  description:
    'Records that a person holds an intrusion to be an incident. Only this makes it one; the time of the first confirmation ' +
    'is the time of awareness, from which duties to report are counted.',
  examples: [
    ['huntaway case confirm 3f9c --hunt ./out --by "J. Smith" --reason "owner was on leave"', 'an incident'],
  ],
  flags: [],
  needsReason: true,
});

export const caseDismiss: Command = decisionCommand({
  decision: 'dismiss',
  summary: 'set an intrusion aside, with a reason and until when',
  description:
    'Records that a person holds an intrusion to be none. It is still shown, as dismissed, and is open again when linked ' +
    'evidence turns up that nobody had decided on, or when --until has passed.',
  examples: [
    [
      'huntaway case dismiss 3f9c --hunt ./out --by "J. Smith" --reason "restore test" --until 2027-06-30',
      'for some months',
    ],
  ],
  flags: [until],
  needsReason: true,
});
