/** Fields that hold a command line: of a process, its parent, a service as System 7045 and as Security 4697 say it. */
export const commandLineFields: ReadonlySet<string> = new Set([
  'CommandLine',
  'ParentCommandLine',
  'ImagePath',
  'ServiceFileName',
]);
