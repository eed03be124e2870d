/**
 * What has to be switched on so that an event is written: an audit subcategory, a policy, a line of Sysmon's
 * configuration, a channel, a device's log. One row a setting, each with the source that says so, so that "could not see"
 * always comes with what would mend it.
 */

export const settingKinds = ['audit-policy', 'policy', 'sysmon', 'channel', 'device', 'collect'] as const;
export type SettingKind = (typeof settingKinds)[number];

export type LogSetting = {
  /** `audit-process-creation`. */
  readonly id: string;
  readonly kind: SettingKind;
  readonly title: string;
  /** Channel as Windows writes it, or the name of a device's log (`fortigate`). */
  readonly channel: string;
  /**
   * Events that it switches on. Any of them on a host shows that it is on there. Empty = whatever the log holds (a device's
   * log; a log that has only to be fetched).
   */
  readonly eventIds: readonly number[];
  /** The field that it adds to these events (`CommandLine`); null = the events themselves. */
  readonly field: string | null;
  /**
   * `daily`: a host that has it on writes one of the events each day it is used, so that their absence shows that it is
   * off. `rare`: their absence says nothing; then the channel has to do where it is on by default.
   */
  readonly rhythm: 'daily' | 'rare';
  /** Where Windows has it on without anybody's doing. */
  readonly byDefault: 'on' | 'servers' | 'controllers' | 'off';
  /** Hosts that alone write the events, whatever is set on others; absent = any host. */
  readonly onlyOn?: 'controllers' | 'policy-servers';
  /**
   * Which of the events are written even where it is off, in a few words; absent = none. Where it is there, an event alone
   * does not show that it is on.
   */
  readonly evenOff?: string;
  /** Exact commands and places; absent = it can't be done that way. */
  readonly command?: string;
  readonly groupPolicy?: string;
  readonly registry?: string;
  readonly configuration?: string;
  /** How much it costs to switch on and to keep: 1 (a command, few events) to 5 (an agent, or a flood of events). */
  readonly cost: 1 | 2 | 3 | 4 | 5;
  /** Page that says so. */
  readonly source: string;
};
