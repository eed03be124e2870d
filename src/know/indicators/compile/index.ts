/** Patterns → plans. */
export { type CompiledPattern, compilePattern } from './compile.ts';
export { objectPaths } from './objects.ts';
