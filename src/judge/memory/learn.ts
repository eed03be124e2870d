/**
 * What a run teaches a memory beside the uses of accounts: whose password was changed, and which periods the logs covered.
 * Learning from the same logs again changes nothing.
 */
import type { FactSource } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import type { Naming } from '../naming.ts';
import { domainOf } from './exposure.ts';
import { isDrill, tidy } from './memory.ts';
import type { Memory } from './types.ts';

/** The memory with the changes of passwords, and the resets of krbtgt. */
export function learnPasswordChanges(memory: Memory, facts: FactSource, names: Naming): Memory {
  const passwords = [...memory.passwords];
  const krbtgt = [...memory.krbtgt];
  facts.scan(
    fact => {
      const { micros } = fact;
      if (micros === NO_TIME || fact.text('action') === 'refused' || isDrill(fact.host) !== memory.drill)
        return;
      const { key } = names.account(fact.text('account'), fact.text('sid'));
      if (key === null) return;
      if (key === 'krbtgt' || key.endsWith('\\krbtgt'))
        krbtgt.push({ domain: domainOf(names.host(fact.host)), micros });
      else passwords.push({ account: key, micros });
    },
    ['password-change'],
  );
  return tidy({ ...memory, passwords, krbtgt });
}

const DAY = 86_400e6;

/** The memory with the periods that these logs cover, host by host: days on which a host has facts. */
export function learnPeriods(memory: Memory, facts: FactSource, names: Naming): Memory {
  const days = new Map<string, Map<number, { from: number; to: number }>>();
  facts.scan(({ micros, host }) => {
    if (micros === NO_TIME) return;
    let own = days.get(host);
    if (own === undefined) {
      own = new Map();
      days.set(host, own);
    }
    const day = Math.floor(micros / DAY);
    const span = own.get(day);
    if (span === undefined) own.set(day, { from: micros, to: micros });
    else {
      if (micros < span.from) span.from = micros;
      if (micros > span.to) span.to = micros;
    }
  });
  const learnt = [...days].flatMap(([host, own]) =>
    [...own.values()].map(span => ({ host: names.host(host), ...span })),
  );
  return tidy({ ...memory, periods: [...memory.periods, ...learnt] });
}
