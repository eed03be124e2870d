/** Tunnels are asked for twice, before and after what no rule sees was found: the answer is that of one scan. */
import { expect, test, vi } from 'vitest';
import { factSource, testFact } from '../../../test/fact.ts';
import type { Fact } from '../../read/entities/index.ts';
import { readContext } from './context.ts';
import { foundItem } from './gather.ts';
import type { Item } from './item.ts';
import { makeNames } from './names.ts';
import { TunnelLog } from './tunnels.ts';

const names = makeNames(['dc1.example.test']);

const tunnel = (target: string): Fact =>
  testFact({ type: 'tunnel', host: 'fw1', values: { action: 'up', account: 'adm.hollis', target } });
const source = factSource([tunnel('10.9.0.5'), tunnel('10.9.0.6')]);
const none = readContext([], source, names);

function itemFrom(sourceIp: string): Item {
  const fact = testFact({ type: 'logon', values: { sourceIp } });
  const rest = { behaviour: null, stage: 'execution', step: null, gravity: 'weak' } as const;
  return foundItem({ fact, ...rest, example: '', surprise: null, reasons: [] }, names);
}

const [first, second, other] = ['10.9.0.5', '10.9.0.6', '10.1.2.3'].map(itemFrom) as [Item, Item, Item];

test('an address that only later evidence came from is scanned for', () => {
  const log = new TunnelLog(source);
  expect([...log.of([first], none).keys()]).toEqual(['10.9.0.5']);
  expect([...log.of([first, second], none).keys()].sort()).toEqual(['10.9.0.5', '10.9.0.6']);
});

test('an answer holds no address that was asked for before only', () => {
  const log = new TunnelLog(source);
  log.of([first], none);
  expect([...log.of([second], none).keys()]).toEqual(['10.9.0.6']);
});

test('an address without a tunnel costs no second scan', () => {
  const scan = vi.spyOn(source, 'scan');
  const log = new TunnelLog(source);
  log.of([first], none);
  log.of([first, other], none);
  expect(scan).toHaveBeenCalledTimes(1);
  scan.mockRestore();
});
