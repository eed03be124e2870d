/** Advisory packs told to people and programs. */
export {
  type AdvisoryReport,
  advisoryCheckJson,
  renderAdvisoryCheck,
  type ToldTest,
} from './check.ts';
export { advisoryJson } from './json.ts';
export { advisoriesJson, type ListedAdvisory, renderAdvisories } from './list.ts';
export { renderAdvisory } from './page.ts';
export { starterFiles } from './starter.ts';
