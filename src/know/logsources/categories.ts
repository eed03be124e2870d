/**
 * Windows categories: which events each one means, in which channel, and through which view. Sysmon first,
 * then the events of Windows itself that say the same (`views/`). `file_access` and `file_rename` are not
 * here: they are ETW of Microsoft-Windows-Kernel-File, which no event log shows. Cost: a table.
 */
import { fold } from '../../read/events/index.ts';
import type { Plan } from '../sigma/index.ts';
import { defender, powershell, powershellClassic, security, sysmon } from './channels.ts';

/** One way in which the events of a category are recorded. */
export type CategorySource = {
  readonly channels: readonly string[];
  readonly eventIds: readonly number[];
  readonly where: Plan | null;
  readonly view: string;
};

const native = (channels: readonly string[], eventIds: readonly number[]): CategorySource => ({
  channels,
  eventIds,
  where: null,
  view: 'native',
});

const bySysmon = (...eventIds: readonly number[]): CategorySource => native([sysmon], eventIds);

const bySecurity = (eventId: number): CategorySource => ({
  channels: [security],
  eventIds: [eventId],
  where: null,
  view: `security-${eventId}`,
});

/** `field` is one of `values`, in any case. */
function whereField(source: CategorySource, field: string, ...values: readonly string[]): CategorySource {
  const any = values.map(value => [fold(value)]);
  return { ...source, where: { op: 'field', field, test: { kind: 'text', any, cased: false } } };
}

/** What 4657 says was done to a value, as the codes that EVTX holds. */
const created = '%%1904';
const changed = '%%1905';
const deleted = '%%1906';

const clipboard = [bySysmon(24)];

/** Category, folded → its sources. */
export const windowsCategories: ReadonlyMap<string, readonly CategorySource[]> = new Map(
  Object.entries({
    process_creation: [bySysmon(1), bySecurity(4688)],
    file_change: [bySysmon(2)],
    network_connection: [bySysmon(3), bySecurity(5156)],
    sysmon_status: [bySysmon(4, 16)],
    process_termination: [bySysmon(5)],
    driver_load: [bySysmon(6)],
    image_load: [bySysmon(7)],
    create_remote_thread: [bySysmon(8)],
    raw_access_thread: [bySysmon(9)],
    process_access: [bySysmon(10)],
    file_event: [bySysmon(11)],
    registry_event: [bySysmon(12, 13, 14), bySecurity(4657)],
    registry_add: [
      whereField(bySysmon(12), 'EventType', 'CreateKey'),
      whereField(bySecurity(4657), 'OperationType', created),
    ],
    registry_delete: [
      whereField(bySysmon(12), 'EventType', 'DeleteKey', 'DeleteValue'),
      whereField(bySecurity(4657), 'OperationType', deleted),
    ],
    registry_set: [bySysmon(13), whereField(bySecurity(4657), 'OperationType', created, changed)],
    registry_rename: [bySysmon(14)],
    create_stream_hash: [bySysmon(15)],
    pipe_created: [bySysmon(17, 18)],
    wmi_event: [bySysmon(19, 20, 21)],
    dns_query: [bySysmon(22)],
    file_delete: [bySysmon(23, 26)],
    clipboard_capture: clipboard,
    clipboard_change: clipboard,
    process_tampering: [bySysmon(25)],
    file_delete_detected: [bySysmon(26)],
    file_block_executable: [bySysmon(27)],
    file_block_shredding: [bySysmon(28)],
    file_executable_detected: [bySysmon(29)],
    sysmon_error: [bySysmon(255)],
    ps_module: [native(powershell, [4103])],
    ps_script: [native(powershell, [4104])],
    ps_classic_start: [native([powershellClassic], [400])],
    ps_classic_provider_start: [native([powershellClassic], [600])],
    ps_classic_script: [native([powershellClassic], [800])],
    antivirus: [
      {
        channels: [defender],
        eventIds: [1006, 1007, 1008, 1009, 1010, 1011, 1012, 1017, 1018, 1019, 1115, 1116],
        where: null,
        view: 'defender-antivirus',
      },
    ],
  }),
);
