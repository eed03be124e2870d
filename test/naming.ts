/** Names as the judge makes them, as far as tests of baseline and memory need: short hosts, users without a domain. */
import type { Naming } from '../src/judge/naming.ts';

export const testNaming: Naming = {
  host: written => written.toLowerCase(),
  account(written, sid) {
    const user = written?.toLowerCase().replace(/^.*\\/, '').replace(/@.*$/, '');
    return { key: user ?? sid?.toLowerCase() ?? null, name: written ?? sid ?? null };
  },
};
