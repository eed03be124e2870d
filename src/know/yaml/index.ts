/** YAML and JSON files of knowledge that are no rules: read into typed values, every problem with its place. */
export { readYamlFile, type YamlFile } from './file.ts';
export { nearest } from './nearest.ts';
export { type Day, dayOf } from './scalars.ts';
export { type FileProblem, Problems, Section } from './section.ts';
