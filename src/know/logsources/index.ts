/** Log sources: where the events of a rule are found, and through which view it reads them. */
export { powershell, powershellClassic, security, sysmon } from './channels.ts';
export { isDeviceChannel } from './devices.ts';
export { channelName, routeText } from './names.ts';
export { type Reachability, reachable } from './reachable.ts';
export type { Route } from './route.ts';
export { routesOf } from './routing.ts';
export type { View, ViewField } from './view.ts';
export { effectiveLogonId, plainLogonId, views } from './views/index.ts';
