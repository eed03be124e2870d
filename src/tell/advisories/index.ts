/** Advisory packs told to people and programs. */
export {
  type AdvisoryReport,
  advisoryCheckJson,
  renderAdvisoryCheck,
  type ToldTest,
} from './check.ts';
