/**
 * A row of the table of facts: which events give a fact, of which type, and where each of its values comes from. A new
 * kind of fact is a row in a file of its topic, and nothing else learns of it.
 */
import type { Reading } from '../readings/index.ts';
import type { FactRole, FactType } from '../types.ts';

export type FactRow = {
  /** Compared without regard to case, as some exporters write `security`. */
  readonly channel: string;
  /** Only events of these providers; absent = of any. */
  readonly providers?: readonly string[];
  readonly eventIds: readonly number[];
  /** A row of type `event` is read only of events that are evidence; all others of every event. */
  readonly type: FactType;
  readonly roles: Readonly<Partial<Record<FactRole, Reading>>>;
};

export const SECURITY = 'Security';
export const SYSTEM = 'System';
export const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
/** Channel of what a FortiGate logs as `event`. */
export const FORTIGATE = 'fortigate';
