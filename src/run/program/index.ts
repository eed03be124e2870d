/**
 * The program told to shells and to people: completions and the manual. A door of its own, because a command that is
 * imported when it is asked for should not bring all of `tell/` along.
 */
export { completionScript, manualPage } from '../../tell/index.ts';
