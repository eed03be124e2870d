/** Recorded attacks as flat JSON lines: every line is an event, and both evaluators find the same in them. */
import { describe, expect, test } from 'vitest';
import type { LazyEvent } from '../src/read/events/index.ts';
import { discover } from '../src/read/inputs/index.ts';
import { sources } from '../src/read/sources/index.ts';
import { filesBelow, sharedRules } from './logs.ts';
import { matchers } from './matchers.ts';
import { eachRecorded } from './recorded.ts';
import { haveShared, sharedData } from './shared.ts';

/** Events of each recording, as its lines are counted. */
const recordings: readonly (readonly [name: string, events: number])[] = [
  ['cmd_dumping_ntds_dit_file_volume_shadow_copy', 16_843],
  ['cmd_seatbelt_group_user', 451],
  ['covenant_psremoting_command', 4284],
  ['empire_persistence_registry_modification_run_keys_standard_user', 40_569],
  ['empire_shell_net_localgroup_administrators', 884],
  ['empire_shell_reg_dump_sam', 738],
  ['empire_wmic_add_user_backdoor', 12_278],
  ['psh_lsass_memory_dump_comsvcs', 184],
];

/** The plain evaluator is slow: it meets one event in so many. */
const STRIDE = 200;

describe.skipIf(!haveShared)('recorded attacks as JSON', () => {
  const rules = haveShared ? sharedRules().filter(rule => rule.logSource.product !== 'linux') : [];
  const [plain, indexed] = matchers.map(matcher => matcher.of(rules)) as [
    (event: LazyEvent) => readonly number[],
    (event: LazyEvent) => readonly number[],
  ];

  test.each(recordings)('%s', { timeout: 120_000 }, async (name, events) => {
    let count = 0;
    let withTime = 0;
    let different = 0;
    const unread = await eachRecorded(sharedData(`security-datasets/${name}.zip`), event => {
      if (event.micros > 0 && event.kind.channel !== '' && event.kind.host !== '') withTime++;
      const found = indexed(event);
      if (count++ % STRIDE === 0 && plain(event).join() !== found.join()) different++;
    });
    expect({ unread, count, withTime, different }).toEqual({
      unread: [],
      count: events,
      withTime: events,
      different: 0,
    });
  });

  test('Zeek logs and other text are not taken for events', async () => {
    const zeek = filesBelow(sharedData('security-datasets'), '.log');
    const { inputs } = await discover(zeek, { sources });
    expect(inputs).toEqual([]);
    const linux = await discover([sharedData('security-datasets/sh_arp_cache.zip')], { sources });
    expect(linux.inputs).toEqual([]);
  });
});
