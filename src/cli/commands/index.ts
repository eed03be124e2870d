/** The commands there are, in the order of help. A new one is a file and one line here. */
import { advisoryCheck } from './advisory-check.ts';
import { advisoryList } from './advisory-list.ts';
import { advisoryNew } from './advisory-new.ts';
import { advisoryShow } from './advisory-show.ts';
import { caseAsk, caseConfirm, caseDismiss } from './case-decide.ts';
import { caseList } from './case-list.ts';
import { collect } from './collect.ts';
import type { Command } from './command.ts';
import { completions } from './completions.ts';
import { doctor } from './doctor.ts';
import { drill } from './drill.ts';
import { drillList } from './drill-list.ts';
import { drillScore } from './drill-score.ts';
import { dump } from './dump.ts';
import { hunt } from './hunt.ts';
import { man } from './man.ts';
import { memoryExpire } from './memory-expire.ts';
import { memoryForget } from './memory-forget.ts';
import { memoryShow } from './memory-show.ts';
import { rulesCheck } from './rules-check.ts';
import { rulesCompile } from './rules-compile.ts';
import { rulesExplain } from './rules-explain.ts';
import { rulesList } from './rules-list.ts';
import { verify } from './verify.ts';

export { type Command, type Flag, flagSyntax, type Given } from './command.ts';

/** The last ones describe the whole table. */
const all = (): { commands: typeof commands; groups: typeof groups } => ({ commands, groups });

export const commands: readonly Command[] = [
  hunt,
  collect,
  dump,
  rulesCheck,
  rulesList,
  rulesExplain,
  rulesCompile,
  advisoryList,
  advisoryShow,
  advisoryCheck,
  advisoryNew,
  memoryShow,
  memoryForget,
  memoryExpire,
  caseList,
  caseAsk,
  caseConfirm,
  caseDismiss,
  drill,
  drillList,
  drillScore,
  verify,
  doctor,
  completions(all),
  man(all),
];

/** What groups of commands (`rules check`, `rules list`) are about, by their first word. */
export const groups: ReadonlyMap<string, string> = new Map([
  ['rules', 'check, list, explain and compile Sigma rules'],
  ['memory', 'show what a memory holds, and leave things out of it'],
  ['advisory', 'list, show, check and begin advisory packs'],
  ['case', 'what people decided on intrusions: list, ask, confirm, dismiss'],
  ['drill', 'make drills, list their kinds, and score a hunt'],
]);
