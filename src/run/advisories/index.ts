/** Advisory packs as commands see them: listed, shown, checked, begun. */
export { type CheckOptions, checkAdvisories } from './check.ts';
