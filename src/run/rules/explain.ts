/** `rules explain`: what a rule means, or why it matched an event or did not. */
import { explain } from '../../match/index.ts';
import { explanationJson, plain, type RuleExplanation, renderExplanation } from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { BrokenPipe, type Io } from '../io.ts';
import { findEvent, type RecordReference } from './find-event.ts';
import { findRule } from './find-rule.ts';
import { loadRules, type RuleInputs } from './load.ts';

export type ExplainOptions = RuleInputs & {
  /** Id, title, path, or a part of the title. */
  readonly rule: string;
  /** Null = only the rule is explained. */
  readonly event: RecordReference | null;
  readonly format: 'text' | 'json';
  readonly reveal: boolean;
};

/** Returns the exit code; whether the rule matched does not change it. */
export async function explainRule(options: ExplainOptions, io: Io): Promise<number> {
  const { documents } = await loadRules(options);
  const rule = findRule(documents, options.rule);
  let on: RuleExplanation['on'] = null;
  if (options.event !== null) {
    const found = await findEvent(options.event, io.signal);
    if (found === null) return exitCodes.interrupted;
    if (found.count > 1) {
      const { path, offset } = found.label;
      io.stderr.write(
        Buffer.from(`huntaway: ${found.count} records fit; this is the first: ${plain(path)}#@${offset}\n`),
      );
    }
    on = { event: found.label, explanation: explain(rule, found.plain) };
  }
  const { reveal, format } = options;
  const { columns: width, color } = io.stdout;
  const text =
    format === 'json'
      ? explanationJson({ rule, on }, { reveal })
      : renderExplanation({ rule, on }, { width, color, reveal });
  try {
    io.stdout.write(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
  }
  return exitCodes.finished;
}
