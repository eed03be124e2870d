/** A whole rule against a whole event: routing, view and condition, in that order. */
import { isDeviceChannel, type Route, routesOf, views } from '../../know/logsources/index.ts';
import type { Rule } from '../../know/sigma/index.ts';
import { fold } from '../../read/events/index.ts';
import { holds } from './holds.ts';
import { applyView, type PlainEvent } from './plain-event.ts';

function fits(route: Route, event: PlainEvent): boolean {
  const channel = fold(event.channel);
  if (route.channel !== null && route.channel !== channel) return false;
  if (route.ofWindows === true && isDeviceChannel(channel)) return false;
  return route.eventIds?.includes(event.eventId) ?? true;
}

/** True if `rule` matches `event` by any of its routes. */
export function referenceMatch(rule: Rule, event: PlainEvent): boolean {
  for (const route of routesOf(rule.logSource) ?? []) {
    if (!fits(route, event)) continue;
    const view = views.get(route.view);
    const viewed = view === undefined ? event : applyView(event, view);
    if (route.where !== null && !holds(route.where, viewed)) continue;
    if (holds(rule.plan, viewed)) return true;
  }
  return false;
}
