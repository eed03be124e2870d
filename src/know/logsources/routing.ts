/**
 * From a rule's log source to the events it is about. Every attribute that the rule gives must fit:
 *
 * - A category names events, a service names channels; both together mean the category's events in the
 *   service's channels (`process_creation` with `security` is 4688 alone).
 * - `product: windows` alone is every event of Windows; a log source without any attribute is every event.
 * - Without a product, a category or service that Windows has is that of Windows: `tests/thor.yml` writes
 *   `antivirus` so, and an attribute that is not given excludes nothing. A category that a device has is the device's as
 *   well (`firewall`).
 * - A device (`devices.ts`) is a product; any other has no route.
 *
 * `definition` and unknown attributes never take part. Cost: once per log source where rules share the object, as
 * those from a rule pack do; else once per rule.
 */
import { fold } from '../../read/events/index.ts';
import type { LogSource } from '../sigma/index.ts';
import { windowsCategories } from './categories.ts';
import { deviceRoutes, devices } from './devices.ts';
import type { Route } from './route.ts';
import { windowsServices } from './services.ts';

const everyEvent: Route = { channel: null, eventIds: null, where: null, view: 'native' };
const everyWindowsEvent: Route = { ...everyEvent, ofWindows: true };

function routesOfCategory(category: string, channels: ReadonlySet<string> | null): Route[] {
  const routes: Route[] = [];
  for (const source of windowsCategories.get(category) ?? []) {
    for (const name of source.channels) {
      const channel = fold(name);
      if (channels !== null && !channels.has(channel)) continue;
      routes.push({ channel, eventIds: source.eventIds, where: source.where, view: source.view });
    }
  }
  return routes;
}

const known = new WeakMap<LogSource, readonly Route[] | null>();

/**
 * Where events of `logSource` are found; null = this version knows no such log source (or its attributes
 * exclude each other). Never an empty list. Attributes compare without regard to case.
 */
export function routesOf(logSource: LogSource): readonly Route[] | null {
  let routes = known.get(logSource);
  if (routes === undefined) {
    routes = findRoutes(logSource);
    known.set(logSource, routes);
  }
  return routes;
}

function findRoutes(logSource: LogSource): readonly Route[] | null {
  const product = folded(logSource.product);
  const category = folded(logSource.category);
  const service = folded(logSource.service);
  if (product === null) return anyProduct(category, service);
  if (product === 'windows') return windowsRoutes(category, service);
  const device = devices.get(product);
  return device === undefined ? null : deviceRoutes(device, category, service);
}

function anyProduct(category: string | null, service: string | null): readonly Route[] | null {
  if (category === null && service === null) return [everyEvent];
  const routes = [...(windowsRoutes(category, service) ?? [])];
  // A service alone says too little: `event` could be anybody's.
  if (category !== null) {
    for (const device of devices.values()) routes.push(...(deviceRoutes(device, category, service) ?? []));
  }
  return routes.length > 0 ? routes : null;
}

function windowsRoutes(category: string | null, service: string | null): readonly Route[] | null {
  if (category === null && service === null) return [everyWindowsEvent];
  let channels: ReadonlySet<string> | null = null;
  if (service !== null) {
    const names = windowsServices.get(service);
    if (names === undefined) return null;
    channels = new Set(names.map(fold));
  }
  if (category !== null) {
    const routes = routesOfCategory(category, channels);
    return routes.length > 0 ? routes : null;
  }
  return [...(channels ?? [])].map(channel => ({ channel, eventIds: null, where: null, view: 'native' }));
}

function folded(attribute: string | null): string | null {
  return attribute === null ? null : fold(attribute);
}
