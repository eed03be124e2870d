/** Log settings: what has to be switched on so that an event is written. */
export {
  collectingFor,
  fieldSettingFor,
  keepingFor,
  logSettings,
  settingById,
  settingsFor,
  settingsOf,
} from './settings.ts';
export type * from './types.ts';
export { settingKinds } from './types.ts';
