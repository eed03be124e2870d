/** Visibility: as JSON for programs. */
export { visibilityText, type WrittenVisibility } from './json.ts';
