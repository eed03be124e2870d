/** The doctor: `doctor(options, machine, io)` says whether hunts can run here. */
export { type DoctorOptions, doctor } from './doctor.ts';
export type { Machine } from './machine.ts';
