/** Advisory packs as commands see them: listed, shown, checked, begun. */
export { beginAdvisory } from './begin.ts';
export { type CheckOptions, checkAdvisories } from './check.ts';
export { listAdvisories, showAdvisory } from './show.ts';
