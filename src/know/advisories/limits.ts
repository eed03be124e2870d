/** Bounds on what a pack may ask for; each lies far above what a real one needs. */
export const limits: {
  readonly fileBytes: number;
  readonly packBytes: number;
  readonly files: number;
  readonly behaviours: number;
  readonly links: number;
  readonly events: number;
  readonly indicatorBytes: number;
} = {
  /** Of one YAML file. */
  fileBytes: 2 << 20,
  /** Of all of them together, those of tests apart. */
  packBytes: 16 << 20,
  /** Of behaviours, and of tests. */
  files: 1_000,
  behaviours: 1_000,
  links: 500,
  /** Of one test. */
  events: 200,
  /** Of the STIX bundle. */
  indicatorBytes: 16 << 20,
};
