/**
 * Where the events of a log source are found, decided per event by channel and event id, never per file. One
 * log source can have several routes (`process_creation` is Sysmon 1 and Security 4688); each names the view
 * through which the rule's field names read the event.
 */
import type { Plan } from '../sigma/index.ts';

export type Route = {
  /** Folded channel name; null = any channel. */
  readonly channel: string | null;
  /** Any channel of Windows is meant, and none of a device's. */
  readonly ofWindows?: true;
  /** null = any event id. */
  readonly eventIds: readonly number[] | null;
  /** A further condition on the event, in the view's names (`registry_add`: EventType is CreateKey); else null. */
  readonly where: Plan | null;
  /** `native`, or the name of a view (see `views/`). */
  readonly view: string;
};
